using System;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>A checkpoint, live.</content>
public sealed partial class VMSnapshot
{
    private SnapshotDefinition _last;

    internal VMSnapshot(VirtualMachine machine, SnapshotDefinition snapshot)
    {
        VirtualMachine = machine;
        _last = snapshot;
    }

    /// <inheritdoc/>
    public override Guid Id => _last.Machine.Id;

    /// <summary>The kind of checkpoint.</summary>
    public SnapshotType SnapshotType => _last.SnapshotType;

    /// <summary>Whether Hyper-V made it by itself; never here.</summary>
    public bool IsAutomaticCheckpoint => false;

    /// <summary>The machine's id.</summary>
    public Guid VMId => VirtualMachine.Id;

    /// <summary>The machine's name.</summary>
    public string VMName => VirtualMachine.Name;

    /// <inheritdoc/>
    public override VMState State => Definition.Saved ? VMState.Saved : VMState.Off;

    /// <inheritdoc/>
    public override bool IsDeleted => VirtualMachine.IsDeleted || Current is null;

    internal VirtualMachine VirtualMachine { get; }

    internal SnapshotDefinition Snapshot => _last = Current ?? _last;

    internal override MachineDefinition Definition => Snapshot.Machine;

    internal override VirtualizationHost Host => VirtualMachine.Host;

    internal override VirtualMachine OwningMachine => VirtualMachine;

    private SnapshotDefinition? Current => VirtualMachine.Definition.Snapshots.Find(snapshot => snapshot.Id == _last.Id);

    /// <inheritdoc/>
    public override string ToString() => $"VMSnapshot (Name = '{Name}') [Id = '{Id}', VMId = '{VMId}']";
}
