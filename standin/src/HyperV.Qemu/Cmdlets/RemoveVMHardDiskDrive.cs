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
        => ForEachPart(VMHardDiskDrive, [VMName!], null, machine => DriveMedia.At<HardDiskDrive>(machine, new DrivePlace(ControllerType, ControllerNumber, ControllerLocation)), Remove);

    private void Remove(HardDiskDrive drive)
    {
        if (ShouldProcess(drive.ToString()))
        {
            DriveMedia.Detach(drive);
            WritePassthru(Passthru, drive);
        }
    }
}
