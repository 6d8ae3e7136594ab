using System;
using System.Collections.Generic;
using System.Linq;
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

    /// <summary>What it boots from, and how.</summary>
    public required MachineBoot Boot { get; init; }

    /// <summary>The id by which what is made for it can be found before it is finished.</summary>
    public Guid MarkId { get; init; } = Guid.NewGuid();

    /// <summary>Virtual processors.</summary>
    public int ProcessorCount { get; init; } = 1;

    /// <summary>Its memory.</summary>
    public MachineMemory Memory { get; init; } = new(DefaultMemoryBytes, null);

    /// <summary>Its data disks, in their order.</summary>
    public IReadOnlyList<MachineDisk> Disks { get; init; } = [];

    /// <summary>Its metadata; null for none.</summary>
    public MachineMetadata? Metadata { get; init; }

    /// <summary>Its network adapters.</summary>
    public IReadOnlyList<MachineAdapter> Adapters { get; init; } = [];

    /// <summary>The pipe of COM 1.</summary>
    public required string ConsolePipe { get; init; }

    /// <summary>What its notes say once it is finished.</summary>
    public OwnershipMark Mark => new()
    {
        Id = MarkId,
        Image = ImagePath,
        Disks = [.. Disks.Where(disk => disk.IsMade).Select(disk => disk.Path)],
        BootDisk = Boot.ConvertedFrom is null ? null : Boot.MediumPath,
        Metadata = Metadata?.Path,
        OwnsMetadata = Metadata?.Volume is not null,
    };

    /// <summary>The name that it has until it is finished.</summary>
    public string UnfinishedName => MachineName.Unfinished(MarkId, Name);
}
