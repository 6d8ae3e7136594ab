using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Requests;

/// <summary>What a VM shall be: wishes that have been checked.</summary>
internal sealed record MachineSpec
{
    /// <summary>1 GiB.</summary>
    public const long DefaultMemoryBytes = 1L << 30;

    /// <summary>The host that it is made on.</summary>
    public required HyperVHost Host { get; init; }

    public required string Name { get; init; }

    /// <summary>The image that it boots, absolute.</summary>
    public required string ImagePath { get; init; }

    /// <summary>What it boots from, and how.</summary>
    public required MachineBoot Boot { get; init; }

    /// <summary>The id in the temporary names of what is made for it.</summary>
    public Guid MarkId { get; init; } = Guid.NewGuid();

    /// <summary>Virtual processors.</summary>
    public int ProcessorCount { get; init; } = 1;

    public MachineMemory Memory { get; init; } = new(DefaultMemoryBytes, null);

    /// <summary>Its data disks, in their order.</summary>
    public IReadOnlyList<MachineDisk> Disks { get; init; } = [];

    /// <summary>Its metadata; null for none.</summary>
    public MachineMetadata? Metadata { get; init; }

    /// <summary>The folder that is made for its files; null where they go into one that is there.</summary>
    public string? Folder { get; init; }

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
        BootDisk = Boot is { ConvertedFrom: not null, IsDisk: true } ? Boot.MediumPath : null,
        BootDvd = Boot is { ConvertedFrom: not null, IsDisk: false } ? Boot.MediumPath : null,
        Metadata = Metadata?.Path,
        OwnsMetadata = Metadata is { IsMade: true },
    };

    /// <summary>The VM that was made so: what was set is known, and each look at Hyper-V's object may be a question to the host.</summary>
    public LinuxKitMachine ToMachine(PSObject made) =>
        LinuxKitMachine.Made(made, Name, Mark, Host, ConsolePipe, [.. Boot.IsDisk ? [Boot.MediumPath] : Array.Empty<string>(), .. Disks.Select(disk => disk.Path)]);

    /// <summary>The name that it has until it is finished.</summary>
    public string UnfinishedName => MachineName.Unfinished(MarkId, Name);
}

/// <summary>The memory of a VM.</summary>
/// <param name="StartupBytes">What it starts with, and has for good where there are no bounds.</param>
/// <param name="Bounds">What the host may shrink and grow it to; null for fixed memory.</param>
internal sealed record MachineMemory(long StartupBytes, (long Minimum, long Maximum)? Bounds)
{
    // Hyper-V's own.
    private const long DefaultMinimumBytes = 512L << 20;

    /// <summary>Fixed memory, or with a maximum, memory that the host gives and takes.</summary>
    /// <param name="startupBytes">What the VM starts with.</param>
    /// <param name="minimumBytes">The least; 0 for Hyper-V's own minimum.</param>
    /// <param name="maximumBytes">The most; 0 for fixed memory.</param>
    /// <exception cref="LinuxKitException">MemoryBoundsInvalid.</exception>
    /// <exception cref="ParameterRuleException">A minimum without a maximum.</exception>
    public static MachineMemory Settle(long startupBytes, long minimumBytes, long maximumBytes)
    {
        ParameterRuleException.Require(minimumBytes == 0 || maximumBytes > 0, "MemoryMinimumBytes", "-MemoryMinimumBytes goes with -MemoryMaximumBytes.");
        if (maximumBytes == 0)
        {
            return new MachineMemory(startupBytes, null);
        }

        var minimum = minimumBytes == 0 ? Math.Min(DefaultMinimumBytes, startupBytes) : minimumBytes;
        return minimum <= startupBytes && startupBytes <= maximumBytes
            ? new MachineMemory(startupBytes, (minimum, maximumBytes))
            : throw new LinuxKitException(
                "MemoryBoundsInvalid",
                FailureKind.InvalidArgument,
                $"A VM cannot start with {SizeText.Of(startupBytes)} of memory between {SizeText.Of(minimum)} and {SizeText.Of(maximumBytes)}.",
                startupBytes,
                "Give -MemoryStartupBytes a value between -MemoryMinimumBytes and -MemoryMaximumBytes.");
    }
}

/// <summary>A network adapter of a VM.</summary>
/// <param name="Switch">The switch that it is connected to.</param>
/// <param name="MacAddress">Its address, in twelve digits; null for one that Hyper-V chooses.</param>
/// <param name="VlanId">The VLAN that it is in; null for none.</param>
internal sealed record MachineAdapter(PSObject Switch, string? MacAddress, int? VlanId)
{
    /// <summary>An adapter for each switch.</summary>
    /// <param name="switches">The switches.</param>
    /// <param name="macAddresses">An address for each, or none.</param>
    /// <param name="vlanIds">A VLAN for each, one for all, or none.</param>
    public static IReadOnlyList<MachineAdapter> ForEach(IEnumerable<PSObject> switches, IReadOnlyList<string> macAddresses, IReadOnlyList<int> vlanIds) =>
    [
        .. switches.Select((found, index) => new MachineAdapter(
            found,
            macAddresses.ElementAtOrDefault(index),
            vlanIds.Count == 0 ? null : vlanIds[vlanIds.Count == 1 ? 0 : index])),
    ];
}
