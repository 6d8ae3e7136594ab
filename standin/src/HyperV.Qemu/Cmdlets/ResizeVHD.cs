using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Disks;
using HyperV.Qemu.Machines;
using Microsoft.HyperV.PowerShell;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Gives disks another size.</content>
[Implements(nameof(Path), nameof(SizeBytes), nameof(ToMinimumSize), nameof(Passthru))]
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
        foreach (var host in Hosts)
        {
            DiskUse.RequireResizable(host, path, VirtualDisks.Read(path).Format);
        }

        var disk = VirtualDisks.Read(path);
        var size = CheckedSize(path, disk);
        if (ShouldProcess(path))
        {
            DiskRewrite.Run(path, disk with { Size = size }, Cancellation);
            if (Passthru)
            {
                WriteObject(new VirtualHardDisk(Hosts[0], path, attached: false));
            }
        }
    }

    private long CheckedSize(string path, VirtualDiskInfo disk)
    {
        var least = PartitionTable.LeastDiskSize(path, disk);
        var size = ToMinimumSize ? least ?? 0 : checked((long)SizeBytes);
        if (size < disk.Size && disk.Format == VhdFormat.VHD)
        {
            throw Failed(path, "a disk in the VHD format can only grow.");
        }

        return size >= disk.Size || size >= least
            ? size
            : throw Failed(path, "it cannot be smaller than its MinimumSize, and without a partition table it has none.");
    }

    private static VirtualizationException Failed(string path, string reason)
        => new(ErrorIdentifier.InvalidParameter, $"Failed to resize the virtual disk.\n\nThe system failed to resize '{path}': {reason}");
}
