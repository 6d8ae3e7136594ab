using System;
using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>What a machine and its checkpoints have in common, read from the state at each look.</content>
public abstract partial class VirtualMachineBase
{
    /// <summary>The id, which never changes.</summary>
    public abstract Guid Id { get; }

    /// <summary>The name.</summary>
    public string Name => Definition.Name;

    /// <summary>1: BIOS. 2: UEFI.</summary>
    public int Generation => Definition.Generation;

    /// <summary>The configuration version.</summary>
    public string Version => Definition.Version;

    /// <summary>The notes.</summary>
    public string Notes => Definition.Notes;

    /// <summary>Where the configuration lies.</summary>
    public string Path => Definition.Path;

    /// <summary>When it was made.</summary>
    public DateTime CreationTime => Definition.CreationTime;

    /// <summary>The state.</summary>
    public abstract VMState State { get; }

    /// <summary>The first serial port.</summary>
    public VMComPort ComPort1 => new(this, 1);

    /// <summary>The second serial port.</summary>
    public VMComPort ComPort2 => new(this, 2);

    /// <summary>The DVD drives.</summary>
    public DvdDrive[] DVDDrives => [.. Drives(isDvd: true).Select(drive => new DvdDrive(this, drive))];

    /// <summary>The disks.</summary>
    public HardDiskDrive[] HardDrives => [.. Drives(isDvd: false).Select(drive => new HardDiskDrive(this, drive))];

    /// <summary>The network adapters.</summary>
    public List<VMNetworkAdapter> NetworkAdapters => [.. Definition.Adapters.Select(adapter => new VMNetworkAdapter(this, adapter))];

    /// <summary>The integration services.</summary>
    public List<VMIntegrationComponent> VMIntegrationService => VMIntegrationComponent.AllOf(this);

    /// <summary>The floppy disk drive; Generation 2 has none.</summary>
    public VMFloppyDiskDrive? FloppyDrive => Generation == 1 ? new VMFloppyDiskDrive(this) : null;

    /// <summary>Whether memory is dynamic.</summary>
    public bool DynamicMemoryEnabled => Definition.Memory.DynamicMemoryEnabled;

    /// <summary>The most that dynamic memory grows to.</summary>
    public long MemoryMaximum => Definition.Memory.Maximum;

    /// <summary>The least that dynamic memory shrinks to.</summary>
    public long MemoryMinimum => Definition.Memory.Minimum;

    /// <summary>The memory at the start.</summary>
    public long MemoryStartup => Definition.Memory.Startup;

    /// <summary>The number of virtual processors.</summary>
    public long ProcessorCount => Definition.Processor.Count;

    /// <summary>The checkpoint that it goes on from.</summary>
    public Guid? ParentSnapshotId => Definition.ParentSnapshotId;

    /// <summary>The name of the checkpoint that it goes on from.</summary>
    public string? ParentSnapshotName
        => Owner.Definition.Snapshots.Find(snapshot => snapshot.Id == Definition.ParentSnapshotId)?.Machine.Name;

    /// <summary>Whether the console locks when it is left.</summary>
    public OnOffState? LockOnDisconnect => Definition.LockOnDisconnect;

    internal abstract MachineDefinition Definition { get; }

    /// <summary>The machine, or the machine that the checkpoint is of.</summary>
    private VirtualMachine Owner => this as VirtualMachine ?? ((VMSnapshot)this).VirtualMachine;

    /// <summary>The controllers, IDE first.</summary>
    internal IEnumerable<VMDriveController> Controllers
        => IdeControllers.Concat<VMDriveController>(ScsiControllers);

    internal IEnumerable<VMIdeController> IdeControllers
        => Generation == 1 ? [new VMIdeController(this, 0), new VMIdeController(this, 1)] : [];

    internal IEnumerable<VMScsiController> ScsiControllers
        => Enumerable.Range(0, Definition.ScsiControllerCount).Select(number => new VMScsiController(this, number));

    private IEnumerable<DriveDefinition> Drives(bool isDvd) => Definition.Drives
        .Where(drive => drive.IsDvd == isDvd)
        .OrderBy(drive => drive.ControllerType).ThenBy(drive => drive.ControllerNumber).ThenBy(drive => drive.ControllerLocation);
}
