using System;
using System.Collections.Generic;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>The files that are deleted with a VM.</summary>
/// <param name="Metadata">Its metadata image, from <see cref="OwnMetadata"/>; null where there is none.</param>
/// <param name="Disks">Its disks, from <see cref="OwnDisks"/>.</param>
internal sealed record OwnFiles(string? Metadata, IReadOnlyList<string> Disks)
{
    /// <summary>All of them, in the order in which they are deleted: first what may hold secrets.</summary>
    public IReadOnlyList<string> All => Metadata is null ? Disks : [Metadata, .. Disks];

    /// <summary>Finds them.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="withData">Whether the data disks are asked for.</param>
    /// <param name="hyperV">Hyper-V.</param>
    /// <param name="warn">Is told of each file that is there and stays, and why.</param>
    public static OwnFiles Of(LinuxKitMachine machine, bool withData, IHyperV hyperV, Action<string> warn) =>
        new(OwnMetadata.Of(machine, warn), OwnDisks.Of(machine, withData, hyperV, warn));
}
