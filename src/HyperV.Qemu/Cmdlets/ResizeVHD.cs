using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Disks;
using Microsoft.HyperV.PowerShell;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Lets disks grow.</content>
[Implements(nameof(Path), nameof(SizeBytes), nameof(Passthru))]
public partial class ResizeVHD
{
    private protected override void Process()
    {
        foreach (var path in Path!)
        {
            Guard(() => Resize(Absolute(path)));
        }
    }

    private void Resize(string path)
    {
        var disk = VirtualDisks.Read(path);
        var size = checked((long)SizeBytes);
        if (size < disk.Size)
        {
            throw disk.Format == VhdFormat.VHD
                ? new VirtualizationException(ErrorIdentifier.InvalidParameter, $"Failed to resize the virtual disk.\n\nThe system failed to resize '{path}': a disk in the VHD format can only grow.")
                : Errors.NotSupportedByStandIn("Resize-VHD to less than the disk has");
        }

        RequireDetached(path);
        if (ShouldProcess(path))
        {
            DiskRewrite.Run(path, disk with { Size = size }, Cancellation);
            if (Passthru)
            {
                WriteObject(new VirtualHardDisk(Hosts[0], path, attached: false));
            }
        }
    }
}
