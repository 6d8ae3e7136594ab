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
        => ForEachPart(VMDvdDrive, [VMName!], null, machine => DriveMedia.At<DvdDrive>(machine, new DrivePlace(null, ControllerNumber, ControllerLocation)), Remove);

    private void Remove(DvdDrive drive)
    {
        if (ShouldProcess(drive.ToString()))
        {
            DriveMedia.Detach(drive);
            WritePassthru(Passthru, drive);
        }
    }
}
