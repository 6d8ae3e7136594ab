using System;

namespace HyperV.Qemu.Tests.Contract;

/// <summary>Says which row of the contract's errors a test is for.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class CoversAttribute(string @case) : Attribute
{
    /// <summary>The row's case.</summary>
    public string Case { get; } = @case;
}
