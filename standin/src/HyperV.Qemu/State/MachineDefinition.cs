using System;
using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.Disks;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.State;

/// <summary>A virtual machine, as it is kept.</summary>
internal sealed class MachineDefinition
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public string Name { get; set; } = "New Virtual Machine";

    public int Generation { get; set; } = 1;

    public string Version { get; set; } = HostDefinition.DefaultVersion;

    public string Notes { get; set; } = string.Empty;

    public DateTime CreationTime { get; set; } = DateTime.Now;

    public string Path { get; set; } = string.Empty;

    public string SnapshotFileLocation { get; set; } = string.Empty;

    public string SmartPagingFilePath { get; set; } = string.Empty;

    public ProcessorDefinition Processor { get; set; } = new();

    public MemoryDefinition Memory { get; set; } = new();

    public FirmwareDefinition Firmware { get; set; } = new();

    public int ScsiControllerCount { get; set; } = 1;

    public List<DriveDefinition> Drives { get; set; } = [];

    public List<AdapterDefinition> Adapters { get; set; } = [];

    /// <summary>The pipes of COM 1 and COM 2; empty where a port has none.</summary>
    public string[] ComPorts { get; set; } = [string.Empty, string.Empty];

    /// <summary>Integration services that are not as they are by default.</summary>
    public Dictionary<string, bool> IntegrationServices { get; set; } = [];

    public StartAction AutomaticStartAction { get; set; } = StartAction.StartIfRunning;

    public int AutomaticStartDelay { get; set; }

    public StopAction AutomaticStopAction { get; set; } = StopAction.Save;

    public CriticalErrorAction AutomaticCriticalErrorAction { get; set; } = CriticalErrorAction.Pause;

    public int AutomaticCriticalErrorActionTimeout { get; set; } = 30;

    public CheckpointType CheckpointType { get; set; } = CheckpointType.Production;

    public bool AutomaticCheckpointsEnabled { get; set; }

    public EnhancedSessionTransportType EnhancedSessionTransportType { get; set; }

    public OnOffState LockOnDisconnect { get; set; } = OnOffState.Off;

    public SecurityDefinition Security { get; set; } = new();

    /// <summary>Since when resources are metered; null where they are not.</summary>
    public DateTime? MeteringSince { get; set; }

    /// <summary>The checkpoints.</summary>
    public List<SnapshotDefinition> Snapshots { get; set; } = [];

    /// <summary>The checkpoint that the machine goes on from.</summary>
    public Guid? ParentSnapshotId { get; set; }

    /// <summary>Whether the machine's memory lies in its runtime folder.</summary>
    public bool Saved { get; set; }

    /// <summary>Whether one of its disks is that file, or is based on it.</summary>
    public bool UsesDisk(string path) => Drives.Exists(drive =>
        !drive.IsDvd && (drive.Path == path || (drive.Path is not null && Overlay.IsAt(drive.Path) && VirtualDisks.Chain(drive.Path).Contains(path))));

    /// <summary>Adds a drive, which boots after all that is there already.</summary>
    public void AddDrive(DriveDefinition drive)
    {
        Drives.Add(drive);
        Firmware.BootOrder.Add(drive.Id);
    }

    /// <summary>Removes a drive or an adapter.</summary>
    public void RemoveDevice(Guid id)
    {
        Drives.RemoveAll(drive => drive.Id == id);
        Adapters.RemoveAll(adapter => adapter.Id == id);
        Firmware.BootOrder.Remove(id);
    }

    /// <summary>Becomes what another definition says, under its own id and name, with its own notes and checkpoints.</summary>
    public void TakeOver(MachineDefinition other)
    {
        Processor = other.Processor;
        Memory = other.Memory;
        Firmware = other.Firmware;
        ScsiControllerCount = other.ScsiControllerCount;
        Drives = other.Drives;
        Adapters = other.Adapters;
        ComPorts = other.ComPorts;
        IntegrationServices = other.IntegrationServices;
        Security = other.Security;
        Saved = other.Saved;
    }

    /// <summary>Generation 2: lets a kind of device boot before the others.</summary>
    public void BootFirst(BootDevice kind)
    {
        bool IsFirst(Guid id) => kind switch
        {
            BootDevice.CD => Drives.Exists(drive => drive.Id == id && drive.IsDvd),
            BootDevice.VHD => Drives.Exists(drive => drive.Id == id && !drive.IsDvd),
            _ => Adapters.Exists(adapter => adapter.Id == id),
        };

        Firmware.BootOrder = [.. Firmware.BootOrder.OrderByDescending(IsFirst)];
    }
}
