using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Disks;
using HyperV.Qemu.Hosts;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Dismounts disks.</content>
[Implements(nameof(Path), nameof(DiskNumber), nameof(Passthru))]
public partial class DismountVHD
{
    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            foreach (var disk in Disks(host))
            {
                Guard(() => Dismount(host, disk));
            }
        }
    }

    private IEnumerable<MountedDisk> Disks(VirtualizationHost host) => Path is null
        ? [host.Mounts.Numbered(DiskNumber)]
        : Path.Select(path => host.Mounts.At(Absolute(path)));

    private void Dismount(VirtualizationHost host, MountedDisk disk)
    {
        if (ShouldProcess(disk.Path))
        {
            host.Mounts.Dismount(disk);
            if (Passthru)
            {
                WriteObject(new VirtualHardDisk(host, disk.Path, attached: false));
            }
        }
    }
}
