using System.Linq;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Changes how machines of Generation 1 boot.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMBios),
    nameof(StartupOrder),
    nameof(EnableNumLock),
    nameof(DisableNumLock),
    nameof(Passthru))]
public partial class SetVMBios
{
    private protected override void Process() => ForEachMachine(VMName, VM ?? VMBios?.Select(bios => bios.Machine), Set);

    private void Set(VirtualMachine machine)
    {
        if (machine.Generation == 2)
        {
            throw Errors.GenerationTwoHasNoBios(machine.Definition);
        }

        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        machine.Machine.ChangeWhileOff(
            definition =>
            {
                var firmware = definition.Firmware;
                firmware.StartupOrder = StartupOrder is null ? firmware.StartupOrder : [.. StartupOrder];
                firmware.NumLockEnabled = EnableNumLock || (firmware.NumLockEnabled && !DisableNumLock);
            },
            () => Errors.NotModifiableNow(machine.Definition));
        WritePassthru(Passthru, new VMBios(machine));
    }
}
