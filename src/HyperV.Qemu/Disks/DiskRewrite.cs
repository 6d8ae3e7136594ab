using System;
using System.IO;
using System.Threading;
using Microsoft.Vhd.PowerShell;

namespace HyperV.Qemu.Disks;

/// <summary>Writes a disk anew: that gives it another size, and frees what it does not use.</summary>
/// <remarks>QEMU resizes neither VHDX nor VHD, and compacts neither.</remarks>
internal static class DiskRewrite
{
    /// <summary>Puts the new disk in the old one's place; the id stays.</summary>
    public static void Run(string path, VirtualDiskInfo disk, long size, CancellationToken cancellation)
    {
        if (disk.Type == VhdType.Differencing)
        {
            throw Errors.NotSupportedByStandIn("changing the size of differencing disks");
        }

        var fresh = Path.Combine(Path.GetDirectoryName(path)!, $"{Guid.NewGuid()}{Path.GetExtension(path)}");
        var specification = new VirtualDiskSpecification(fresh, disk.Type, size)
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
