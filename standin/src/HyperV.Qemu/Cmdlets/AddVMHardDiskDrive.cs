using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Adds disks.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMDriveController),
    nameof(ControllerType),
    nameof(ControllerNumber),
    nameof(ControllerLocation),
    nameof(Path),
    nameof(Passthru))]
public partial class AddVMHardDiskDrive
{
    private protected override void Process()
    {
        if (VMDriveController is not null)
        {
            Add(VMDriveController.Machine, VMDriveController.Type, VMDriveController.ControllerNumber);
        }
        else
        {
            ForEachMachine(VMName, VM, machine => Add(machine, ControllerType, ControllerNumber));
        }
    }

    private void Add(VirtualMachine machine, ControllerType? type, int? number)
    {
        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        var path = Path is null ? null : DriveFiles.CheckedDisk(machine.Definition, Absolute(Path));
        var drive = DriveMedia.Attach(machine, isDvd: false, new DrivePlace(type, number, ControllerLocation), path);
        WritePassthru(Passthru, new HardDiskDrive(machine, drive));
    }
}
