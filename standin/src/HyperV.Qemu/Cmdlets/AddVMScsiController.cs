using System.Linq;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Adds SCSI controllers.</content>
[Implements(nameof(VMName), nameof(VM), nameof(Passthru))]
public partial class AddVMScsiController
{
    private protected override void Process() => ForEachMachine(VMName, VM, machine =>
    {
        if (ShouldProcess(machine.Name))
        {
            machine.Machine.ChangeWhileOff(
                definition => definition.ScsiControllerCount = definition.ScsiControllerCount < DriveSlots.MaximumScsiControllers
                    ? definition.ScsiControllerCount + 1
                    : throw new VirtualizationException(
                        ErrorIdentifier.InvalidParameter,
                        $"'{definition.Name}' failed to add resources to '{definition.Name}'.\n\nA virtual machine has at most {DriveSlots.MaximumScsiControllers} SCSI controllers."),
                () => Errors.DeviceNotModifiableNow("SCSI Controller"));
            WritePassthru(Passthru, machine.ScsiControllers.Last());
        }
    });
}
