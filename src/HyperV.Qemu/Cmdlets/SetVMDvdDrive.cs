using System.Linq;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Inserts, ejects and moves.</content>
[Implements(
    nameof(VMName),
    nameof(VMDvdDrive),
    nameof(ControllerNumber),
    nameof(ControllerLocation),
    nameof(Path),
    nameof(ToControllerNumber),
    nameof(ToControllerLocation),
    nameof(Passthru))]
public partial class SetVMDvdDrive
{
    private protected override void Process()
    {
        if (VMDvdDrive is not null)
        {
            foreach (var drive in VMDvdDrive)
            {
                Guard(() => Set(drive));
            }
        }
        else
        {
            ForEachMachine([VMName!], null, machine => Set(Find(machine)));
        }
    }

    private DvdDrive Find(VirtualMachine machine) => machine.DVDDrives.FirstOrDefault(drive =>
            (ControllerNumber is null || drive.ControllerNumber == ControllerNumber)
            && (ControllerLocation is null || drive.ControllerLocation == ControllerLocation))
        ?? throw DriveMedia.NotFound("DVD drive");

    private void Set(DvdDrive drive)
    {
        if (!ShouldProcess(drive.ToString()))
        {
            return;
        }

        if (IsBound(nameof(Path)))
        {
            DriveMedia.Insert(drive, string.IsNullOrEmpty(Path) ? null : DriveMedia.CheckedIso(Absolute(Path)));
        }

        if (ToControllerNumber is not null || ToControllerLocation is not null)
        {
            DriveMedia.Move(drive, drive.ControllerType, ToControllerNumber ?? drive.ControllerNumber, ToControllerLocation);
        }

        WritePassthru(Passthru, drive);
    }
}
