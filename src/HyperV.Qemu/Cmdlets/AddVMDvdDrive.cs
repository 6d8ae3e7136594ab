using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Adds DVD drives.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMDriveController),
    nameof(ControllerNumber),
    nameof(ControllerLocation),
    nameof(Path),
    nameof(Passthru))]
public partial class AddVMDvdDrive
{
    private protected override void Process()
    {
        if (VMDriveController is not null)
        {
            foreach (var controller in VMDriveController)
            {
                Guard(() => Add(controller.Machine, controller.Type, controller.ControllerNumber));
            }
        }
        else
        {
            ForEachMachine(VMName, VM, machine => Add(machine, null, ControllerNumber));
        }
    }

    private void Add(VirtualMachine machine, ControllerType? type, int? number)
    {
        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        // Generation 1 has its DVD drives on IDE, and nowhere else.
        type ??= machine.Generation == 1 ? ControllerType.IDE : ControllerType.SCSI;
        var path = Path is null ? null : DriveMedia.CheckedIso(Absolute(Path));
        var drive = DriveMedia.Attach(machine, isDvd: true, type, number, ControllerLocation, path);
        WritePassthru(Passthru, new DvdDrive(machine, drive));
    }
}
