using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

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
            Write(VMDriveController.SelectMany(controller => controller.Drives).OfType<HardDiskDrive>());
        }
        else
        {
            ForEachOwner(VMName, VM, VMSnapshot, owner => Write(owner.HardDrives));
        }
    }

    private void Write(IEnumerable<HardDiskDrive> drives)
        => WriteObjects(drives.Where(new DrivePlace(ControllerType, ControllerNumber, ControllerLocation).Holds));
}
