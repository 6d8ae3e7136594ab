using System;
using System.Collections.Generic;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>What a VM shall be: wishes that have been checked.</summary>
internal sealed record MachineSpec
{
    /// <summary>1 GiB.</summary>
    public const long DefaultMemoryBytes = 1L << 30;

    /// <summary>The host that it is made on.</summary>
    public required HyperVHost Host { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The image that it boots, absolute.</summary>
    public required string ImagePath { get; init; }

    /// <summary>The id by which what is made for it can be found before it is finished.</summary>
    public Guid MarkId { get; init; } = Guid.NewGuid();

    /// <summary>Virtual processors.</summary>
    public int ProcessorCount { get; init; } = 1;

    /// <summary>Fixed memory in bytes.</summary>
    public long MemoryStartupBytes { get; init; } = DefaultMemoryBytes;

    /// <summary>Its data disks, in their order.</summary>
    public IReadOnlyList<MachineDisk> Disks { get; init; } = [];

    /// <summary>The switch that it is connected to; null for no network.</summary>
    public PSObject? Switch { get; init; }

    /// <summary>The pipe of COM 1.</summary>
    public required string ConsolePipe { get; init; }

    /// <summary>The name that it has until it is finished.</summary>
    public string UnfinishedName => MachineName.UnfinishedPrefix + MarkId.ToString("N");
}
