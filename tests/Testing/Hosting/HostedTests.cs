using System;
using Xunit;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Tests of cmdlets. They run one after the other: the stand-in is told by environment variables where its state is.</summary>
[Collection("Hosted")]
public abstract class HostedTests : IDisposable
{
    private protected HostedModule Module { get; } = new();

    public virtual void Dispose()
    {
        Module.Dispose();
        GC.SuppressFinalize(this);
    }
}
