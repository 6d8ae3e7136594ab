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
        => ForEachPart(VMDvdDrive, [VMName!], null, machine => DriveMedia.At<DvdDrive>(machine, new DrivePlace(null, ControllerNumber, ControllerLocation)), Set);

    private void Set(DvdDrive drive)
    {
        if (!ShouldProcess(drive.ToString()))
        {
            return;
        }

        if (IsBound(nameof(Path)))
        {
            DriveMedia.Insert(drive, string.IsNullOrEmpty(Path) ? null : DriveFiles.CheckedIso(Absolute(Path)));
        }

        if (ToControllerNumber is not null || ToControllerLocation is not null)
        {
            DriveMedia.Move(drive, new DrivePlace(drive.ControllerType, ToControllerNumber ?? drive.ControllerNumber, ToControllerLocation));
        }

        WritePassthru(Passthru, drive);
    }
}
