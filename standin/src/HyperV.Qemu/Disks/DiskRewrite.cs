using System;
using System.IO;
using System.Threading;
using Microsoft.Vhd.PowerShell;

namespace HyperV.Qemu.Disks;

/// <summary>Writes a disk anew: that gives it another size, sector size or id, and frees what it does not use.</summary>
/// <remarks>QEMU resizes neither VHDX nor VHD, and compacts neither.</remarks>
internal static class DiskRewrite
{
    /// <summary>Puts a disk that is as described, with what the old one holds, in the old one's place.</summary>
    public static void Run(string path, VirtualDiskInfo disk, CancellationToken cancellation)
    {
        if (disk.Type == VhdType.Differencing)
        {
            throw Errors.NotSupportedByStandIn("rewriting differencing disks");
        }

        var fresh = Path.Combine(Path.GetDirectoryName(path)!, $"{Guid.NewGuid()}{Path.GetExtension(path)}");
        var specification = new VirtualDiskSpecification(fresh, disk.Type, disk.Size)
        {
            Identifier = disk.Identifier,
            LogicalSectorSize = disk.LogicalSectorSize,
            PhysicalSectorSize = disk.PhysicalSectorSize,
        };
        specification = disk.BlockSize == 0 ? specification : specification with { BlockSize = disk.BlockSize };
        VirtualDisks.CreateFrom(path, specification, cancellation);
        File.Move(fresh, path, overwrite: true);
    }
}
