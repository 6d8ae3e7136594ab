using System.Linq;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Changes disks and moves them.</content>
[Implements(
    nameof(VMName),
    nameof(VMHardDiskDrive),
    nameof(ControllerType),
    nameof(ControllerNumber),
    nameof(ControllerLocation),
    nameof(Path),
    nameof(ToControllerType),
    nameof(ToControllerNumber),
    nameof(ToControllerLocation),
    nameof(Passthru))]
public partial class SetVMHardDiskDrive
{
    private protected override void Process()
    {
        if (VMHardDiskDrive is not null)
        {
            foreach (var drive in VMHardDiskDrive)
            {
                Guard(() => Set(drive));
            }
        }
        else
        {
            ForEachMachine([VMName!], null, machine => Set(Find(machine)));
        }
    }

    private HardDiskDrive Find(VirtualMachine machine) => machine.HardDrives.FirstOrDefault(drive =>
            (!IsBound(nameof(ControllerType)) || drive.ControllerType == ControllerType)
            && (ControllerNumber is null || drive.ControllerNumber == ControllerNumber)
            && (ControllerLocation is null || drive.ControllerLocation == ControllerLocation))
        ?? throw DriveMedia.NotFound("hard disk drive");

    private void Set(HardDiskDrive drive)
    {
        if (!ShouldProcess(drive.ToString()))
        {
            return;
        }

        if (Path is not null)
        {
            DriveMedia.Insert(drive, DriveMedia.CheckedDisk(drive.Machine.Definition, Absolute(Path)));
        }

        if (ToControllerType is not null || ToControllerNumber is not null || ToControllerLocation is not null)
        {
            DriveMedia.Move(drive, ToControllerType ?? drive.ControllerType, ToControllerNumber ?? drive.ControllerNumber, ToControllerLocation);
        }

        WritePassthru(Passthru, drive);
    }
}
