using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets DVD drives.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMSnapshot),
    nameof(VMDriveController),
    nameof(ControllerNumber),
    nameof(ControllerLocation))]
public partial class GetVMDvdDrive
{
    private protected override void Process()
    {
        if (VMDriveController is not null)
        {
            Write(VMDriveController.SelectMany(controller => controller.Drives).OfType<DvdDrive>());
        }
        else
        {
            ForEachOwner(VMName, VM, VMSnapshot, owner => Write(owner.DVDDrives));
        }
    }

    private void Write(IEnumerable<DvdDrive> drives)
        => WriteObjects(drives.Where(new DrivePlace(null, ControllerNumber, ControllerLocation).Holds));
}
