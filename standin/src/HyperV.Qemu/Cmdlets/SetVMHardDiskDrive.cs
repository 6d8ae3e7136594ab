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
    private DrivePlace Place => new(IsBound(nameof(ControllerType)) ? ControllerType : null, ControllerNumber, ControllerLocation);

    private protected override void Process()
        => ForEachPart(VMHardDiskDrive, [VMName!], null, machine => DriveMedia.At<HardDiskDrive>(machine, Place), Set);

    private void Set(HardDiskDrive drive)
    {
        if (!ShouldProcess(drive.ToString()))
        {
            return;
        }

        if (Path is not null)
        {
            DriveMedia.Insert(drive, DriveFiles.CheckedDisk(drive.Machine.Definition, Absolute(Path)));
        }

        if (ToControllerType is not null || ToControllerNumber is not null || ToControllerLocation is not null)
        {
            DriveMedia.Move(
                drive,
                new DrivePlace(ToControllerType ?? drive.ControllerType, ToControllerNumber ?? drive.ControllerNumber, ToControllerLocation));
        }

        WritePassthru(Passthru, drive);
    }
}
