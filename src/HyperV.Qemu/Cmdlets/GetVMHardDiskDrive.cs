using System.Linq;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets disks.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMSnapshot),
    nameof(VMDriveController),
    nameof(ControllerType),
    nameof(ControllerNumber),
    nameof(ControllerLocation))]
public partial class GetVMHardDiskDrive
{
    private protected override void Process()
    {
        if (VMDriveController is not null)
        {
            Write([.. VMDriveController.SelectMany(controller => controller.Drives).OfType<HardDiskDrive>()]);
        }
        else
        {
            ForEachOwner(VMName, VM, VMSnapshot, owner => Write(owner.HardDrives));
        }
    }

    private void Write(HardDiskDrive[] drives) => WriteObjects(
        drives.Where(drive =>
            (ControllerType is null || drive.ControllerType == ControllerType)
            && (ControllerNumber is null || drive.ControllerNumber == ControllerNumber)
            && (ControllerLocation is null || drive.ControllerLocation == ControllerLocation)));
}
