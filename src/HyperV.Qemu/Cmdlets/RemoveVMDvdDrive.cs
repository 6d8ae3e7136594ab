using System.Linq;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Removes DVD drives; their media stay.</content>
[Implements(
    nameof(VMName),
    nameof(VMDvdDrive),
    nameof(ControllerNumber),
    nameof(ControllerLocation),
    nameof(Passthru))]
public partial class RemoveVMDvdDrive
{
    private protected override void Process()
    {
        if (VMDvdDrive is not null)
        {
            foreach (var drive in VMDvdDrive)
            {
                Guard(() => Remove(drive));
            }
        }
        else
        {
            ForEachMachine([VMName!], null, machine => Remove(Find(machine)));
        }
    }

    private DvdDrive Find(VirtualMachine machine) => machine.DVDDrives.FirstOrDefault(drive =>
            drive.ControllerNumber == ControllerNumber
            && drive.ControllerLocation == ControllerLocation)
        ?? throw DriveMedia.NotFound("DVD drive");

    private void Remove(DvdDrive drive)
    {
        if (ShouldProcess(drive.ToString()))
        {
            DriveMedia.Detach(drive);
            WritePassthru(Passthru, drive);
        }
    }
}
