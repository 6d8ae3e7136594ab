using System;
using LinuxKitHyperV.Tests.Hosting;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.None)]

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>Tests of the module in this process, on a host that keeps state only. One after the other: environment variables tell the stand-in where its state is.</summary>
public abstract class FaultTests : IDisposable
{
    /// <summary>The module, in a runspace.</summary>
    private protected HostedModule Module { get; } = new();

    public void Dispose()
    {
        Module.Dispose();
        GC.SuppressFinalize(this);
    }
}
