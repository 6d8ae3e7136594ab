using System;
using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.Engine;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>A machine, live: each look at a property is a look at the machine.</content>
public sealed partial class VirtualMachine
{
    internal VirtualMachine(Machine machine) => Machine = machine;

    /// <inheritdoc/>
    public override Guid Id => Machine.Id;

    /// <inheritdoc/>
    public override VMState State => Machine.State;

    /// <inheritdoc/>
    public override bool IsDeleted => Machine.IsDeleted;

    /// <summary>The serial ports.</summary>
    public VMComPort[] ComPorts => [ComPort1, ComPort2];

    /// <summary>Where the configuration lies.</summary>
    public string ConfigurationLocation => Definition.Path;

    /// <summary>Where checkpoints lie.</summary>
    public string SnapshotFileLocation => Definition.SnapshotFileLocation;

    /// <summary>Where the paging file lies.</summary>
    public string SmartPagingFilePath => Definition.SmartPagingFilePath;

    /// <summary>What happens when the host starts.</summary>
    public StartAction AutomaticStartAction => Definition.AutomaticStartAction;

    /// <summary>How long it waits then.</summary>
    public int AutomaticStartDelay => Definition.AutomaticStartDelay;

    /// <summary>What happens when the host stops.</summary>
    public StopAction AutomaticStopAction => Definition.AutomaticStopAction;

    /// <summary>What happens when storage fails.</summary>
    public CriticalErrorAction AutomaticCriticalErrorAction => Definition.AutomaticCriticalErrorAction;

    /// <summary>How many minutes that may take.</summary>
    public int AutomaticCriticalErrorActionTimeout => Definition.AutomaticCriticalErrorActionTimeout;

    /// <summary>Whether each start makes a checkpoint.</summary>
    public bool AutomaticCheckpointsEnabled => Definition.AutomaticCheckpointsEnabled;

    /// <summary>What kind of checkpoint is made.</summary>
    public CheckpointType CheckpointType => Definition.CheckpointType;

    /// <summary>How enhanced sessions travel.</summary>
    public EnhancedSessionTransportType EnhancedSessionTransportType => Definition.EnhancedSessionTransportType;

    /// <summary>How busy the machine's processors have been since it was powered on, in percent.</summary>
    public int CPUUsage
    {
        get
        {
            var status = Machine.Status;
            var available = UptimeOf(status).TotalSeconds * Definition.Processor.Count;
            return available > 0 ? (int)Math.Clamp(100 * status.CpuTime.TotalSeconds / available, 0, 100) : 0;
        }
    }

    /// <summary>Memory that the host has given.</summary>
    public long MemoryAssigned => Machine.Status.MemoryAssignedBytes;

    /// <summary>Memory that the guest asks for; nobody measures it here, so it is what is assigned.</summary>
    public long MemoryDemand => MemoryAssigned;

    /// <summary>Empty, as for a machine without dynamic memory.</summary>
    public string MemoryStatus => string.Empty;

    /// <summary>Time since the machine was powered on.</summary>
    public TimeSpan Uptime => UptimeOf(Machine.Status);

    /// <summary>What the heartbeat service says.</summary>
    public VMHeartbeatStatus? Heartbeat => Machine.Status switch
    {
        { Power: PowerState.Off } => null,
        _ when !VMIntegrationComponent.IsEnabled(this, VMIntegrationComponent.Heartbeat) => VMHeartbeatStatus.Disabled,
        { Power: PowerState.Paused } => VMHeartbeatStatus.Paused,
        { GuestContact: true } => VMHeartbeatStatus.OkApplicationsUnknown,
        _ => VMHeartbeatStatus.NoContact,
    };

    /// <summary>The machine's health.</summary>
    public VMOperationalStatus[] OperationalStatus => [VMOperationalStatus.Ok];

    /// <summary>The machine's health.</summary>
    public VMOperationalStatus? PrimaryOperationalStatus => VMOperationalStatus.Ok;

    /// <summary>The machine's health in words.</summary>
    public string[] StatusDescriptions => [Status];

    /// <summary>The machine's health in words.</summary>
    public string PrimaryStatusDescription => Status;

    /// <summary>The machine's health in words.</summary>
    public string Status => "Operating normally";

    /// <summary>What a machine is that exists on its host.</summary>
    public VirtualMachineType VirtualMachineType => VirtualMachineType.RealizedVirtualMachine;

    /// <summary>The generation.</summary>
    public VirtualMachineSubType VirtualMachineSubType
        => Generation == 2 ? VirtualMachineSubType.Generation2 : VirtualMachineSubType.Generation1;

    /// <summary>Whether resources are metered.</summary>
    public bool ResourceMeteringEnabled => Definition.MeteringSince is not null;

    internal Machine Machine { get; }

    internal IEnumerable<VMSnapshot> Snapshots => Definition.Snapshots.Select(snapshot => new VMSnapshot(this, snapshot));

    internal override VirtualizationHost Host => Machine.Host;

    internal override VirtualMachine OwningMachine => this;

    internal override MachineDefinition Definition => Machine.Definition;

    /// <inheritdoc/>
    public override string ToString() => $"VirtualMachine (Name = '{Name}') [Id = '{Id}']";

    private static TimeSpan UptimeOf(MachineStatus status)
        => status.StartedAt is { } startedAt ? DateTime.UtcNow - startedAt : TimeSpan.Zero;
}
