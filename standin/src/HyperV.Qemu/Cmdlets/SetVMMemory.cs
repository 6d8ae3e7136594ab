using System.Linq;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Changes memory.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMMemory),
    nameof(StartupBytes),
    nameof(DynamicMemoryEnabled),
    nameof(MinimumBytes),
    nameof(MaximumBytes),
    nameof(Buffer),
    nameof(Priority),
    nameof(Passthru))]
public partial class SetVMMemory
{
    private protected override void Process()
        => ForEachMachine(VMName, VM ?? VMMemory?.Select(memory => memory.Machine), Set);

    private void Set(VirtualMachine machine)
    {
        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        if (machine.State == VMState.Saved)
        {
            throw Errors.DeviceNotModifiableNow("Memory");
        }

        var before = machine.Definition.Memory;
        var now = before;
        machine.Machine.ChangeLive(
            "failed to modify device 'Memory'.",
            definition => now = Apply(definition.Memory),
            () =>
            {
                if (!MemoryRules.CanChangeLive(before, now))
                {
                    throw Errors.DeviceNotModifiableNow("Memory");
                }
            });
        WritePassthru(Passthru, new VMMemory(machine));
    }

    private MemoryDefinition Apply(MemoryDefinition memory)
    {
        memory.Startup = StartupBytes ?? memory.Startup;
        memory.DynamicMemoryEnabled = IsBound(nameof(DynamicMemoryEnabled)) ? DynamicMemoryEnabled : memory.DynamicMemoryEnabled;
        memory.Minimum = MinimumBytes ?? memory.Minimum;
        memory.Maximum = MaximumBytes ?? memory.Maximum;
        memory.Buffer = Buffer ?? memory.Buffer;
        memory.Priority = Priority ?? memory.Priority;
        MemoryRules.Check(memory);
        return memory;
    }
}
