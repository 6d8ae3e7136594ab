using System;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.State;

/// <summary>A checkpoint, as it is kept.</summary>
internal sealed class SnapshotDefinition
{
    public SnapshotType SnapshotType { get; set; }

    /// <summary>The machine as it was, under the checkpoint's own id and name.</summary>
    public MachineDefinition Machine { get; set; } = new();

    /// <summary>The checkpoint's id.</summary>
    public Guid Id => Machine.Id;
}
