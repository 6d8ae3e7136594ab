using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Changes machines.</content>
[Implements(
    nameof(Name),
    nameof(VM),
    nameof(NewVMName),
    nameof(Notes),
    nameof(ProcessorCount),
    nameof(DynamicMemory),
    nameof(StaticMemory),
    nameof(MemoryStartupBytes),
    nameof(MemoryMinimumBytes),
    nameof(MemoryMaximumBytes),
    nameof(AutomaticStartAction),
    nameof(AutomaticStartDelay),
    nameof(AutomaticStopAction),
    nameof(AutomaticCriticalErrorAction),
    nameof(AutomaticCriticalErrorActionTimeout),
    nameof(AutomaticCheckpointsEnabled),
    nameof(CheckpointType),
    nameof(EnhancedSessionTransportType),
    nameof(LockOnDisconnect),
    nameof(SnapshotFileLocation),
    nameof(SmartPagingFilePath),
    nameof(Passthru))]
public partial class SetVM
{
    /// <summary>Whether anything was given that may change only while the machine is off.</summary>
    private bool ChangesHardware
        => ProcessorCount is not null || DynamicMemory || StaticMemory
            || MemoryStartupBytes is not null || MemoryMinimumBytes is not null || MemoryMaximumBytes is not null;

    private protected override void Process() => ForEachMachine(Name, VM, Set);

    private void Set(VirtualMachine machine)
    {
        if (DynamicMemory && StaticMemory)
        {
            throw new VirtualizationException(ErrorIdentifier.InvalidParameter, "The parameters DynamicMemory and StaticMemory cannot be used together.");
        }

        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        if (ChangesHardware)
        {
            machine.Machine.ChangeWhileOff(Apply, () => Errors.NotModifiableNow(machine.Definition));
        }
        else
        {
            machine.Machine.Change(Apply);
        }

        WritePassthru(Passthru, machine);
    }

    private void Apply(MachineDefinition machine)
    {
        machine.Name = NewVMName ?? machine.Name;
        machine.Notes = Notes ?? machine.Notes;
        machine.AutomaticStartAction = AutomaticStartAction ?? machine.AutomaticStartAction;
        machine.AutomaticStartDelay = AutomaticStartDelay ?? machine.AutomaticStartDelay;
        machine.AutomaticStopAction = AutomaticStopAction ?? machine.AutomaticStopAction;
        machine.AutomaticCriticalErrorAction = AutomaticCriticalErrorAction ?? machine.AutomaticCriticalErrorAction;
        machine.AutomaticCriticalErrorActionTimeout = AutomaticCriticalErrorActionTimeout ?? machine.AutomaticCriticalErrorActionTimeout;
        machine.AutomaticCheckpointsEnabled = AutomaticCheckpointsEnabled ?? machine.AutomaticCheckpointsEnabled;
        machine.CheckpointType = CheckpointType ?? machine.CheckpointType;
        machine.EnhancedSessionTransportType = EnhancedSessionTransportType ?? machine.EnhancedSessionTransportType;
        machine.LockOnDisconnect = LockOnDisconnect ?? machine.LockOnDisconnect;
        machine.SnapshotFileLocation = SnapshotFileLocation is null ? machine.SnapshotFileLocation : Absolute(SnapshotFileLocation);
        machine.SmartPagingFilePath = SmartPagingFilePath is null ? machine.SmartPagingFilePath : Absolute(SmartPagingFilePath);
        machine.Processor.Count = ProcessorCount is { } count ? ProcessorRules.CheckedCount(count) : machine.Processor.Count;
        ApplyMemory(machine.Memory);
    }

    private void ApplyMemory(MemoryDefinition memory)
    {
        memory.DynamicMemoryEnabled = DynamicMemory || (memory.DynamicMemoryEnabled && !StaticMemory);
        memory.Startup = MemoryStartupBytes ?? memory.Startup;
        memory.Minimum = MemoryMinimumBytes ?? memory.Minimum;
        memory.Maximum = MemoryMaximumBytes ?? memory.Maximum;
        MemoryRules.Check(memory);
    }
}
