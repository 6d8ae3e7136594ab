using System;
using System.Collections.Generic;
using System.Linq;

namespace LinuxKitHyperV.Machines;

/// <summary>The files that are deleted with a VM.</summary>
/// <param name="Metadata">Its metadata image, from <see cref="OwnDvd"/>; null where there is none.</param>
/// <param name="Boot">The copy of its image that it boots, from there too; null where there is none.</param>
/// <param name="Disks">Its disks, from <see cref="OwnDisks"/>.</param>
internal sealed record OwnFiles(string? Metadata, string? Boot, IReadOnlyList<string> Disks)
{
    /// <summary>All of them, in the order in which they are deleted: first what may hold secrets.</summary>
    public IReadOnlyList<string> All => [.. new[] { Metadata, Boot }.OfType<string>(), .. Disks];

    /// <summary>Finds them.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="withData">Whether the data disks are asked for.</param>
    /// <param name="users">Who has which disks.</param>
    /// <param name="warn">Is told of each file that is there and stays, and why.</param>
    public static OwnFiles Of(LinuxKitMachine machine, bool withData, DiskUsers users, Action<string> warn) =>
        new(OwnDvd.Metadata(machine, warn), OwnDvd.Boot(machine, warn), OwnDisks.Of(machine, withData, users, warn));
}
