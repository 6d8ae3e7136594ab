using System.Linq;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Removes hard disk drives; their media stay.</content>
[Implements(
    nameof(VMName),
    nameof(VMHardDiskDrive),
    nameof(ControllerType),
    nameof(ControllerNumber),
    nameof(ControllerLocation),
    nameof(Passthru))]
public partial class RemoveVMHardDiskDrive
{
    private protected override void Process()
    {
        if (VMHardDiskDrive is not null)
        {
            foreach (var drive in VMHardDiskDrive)
            {
                Guard(() => Remove(drive));
            }
        }
        else
        {
            ForEachMachine([VMName!], null, machine => Remove(Find(machine)));
        }
    }

    private HardDiskDrive Find(VirtualMachine machine) => machine.HardDrives.FirstOrDefault(drive =>
            drive.ControllerType == ControllerType
            && drive.ControllerNumber == ControllerNumber
            && drive.ControllerLocation == ControllerLocation)
        ?? throw DriveMedia.NotFound("hard disk drive");

    private void Remove(HardDiskDrive drive)
    {
        if (ShouldProcess(drive.ToString()))
        {
            DriveMedia.Detach(drive);
            WritePassthru(Passthru, drive);
        }
    }
}
