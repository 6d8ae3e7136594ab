using System.IO;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Disks;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Makes virtual disks.</content>
[Implements(
    nameof(Path),
    nameof(SizeBytes),
    nameof(Dynamic),
    nameof(Fixed),
    nameof(Differencing),
    nameof(ParentPath),
    nameof(BlockSizeBytes),
    nameof(LogicalSectorSizeBytes),
    nameof(PhysicalSectorSizeBytes))]
public partial class NewVhd
{
    private VhdType Type => Fixed ? VhdType.Fixed : ParentPath is null ? VhdType.Dynamic : VhdType.Differencing;

    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            foreach (var path in Path!)
            {
                if (ShouldProcess(path))
                {
                    Guard(() =>
                    {
                        var disk = Describe(Absolute(path));
                        if (Breakdown.LimitsFiles(host))
                        {
                            throw VirtualDisks.FileSystemLimitation(disk.Path);
                        }

                        VirtualDisks.Create(disk);
                        FileHold.Begin(disk.Path, FileShare.ReadWrite);
                        WriteObject(new VirtualHardDisk(host, disk.Path, attached: false));
                    });
                }
            }
        }
    }

    private VirtualDiskSpecification Describe(string path)
    {
        var parent = ParentPath is null ? null : VirtualDisks.Read(Absolute(ParentPath));
        var size = parent is null || IsBound(nameof(SizeBytes)) ? checked((long)SizeBytes) : parent.Size;
        var disk = new VirtualDiskSpecification(path, Type, size) { ParentPath = ParentPath is null ? null : Absolute(ParentPath) };
        return disk with
        {
            BlockSize = IsBound(nameof(BlockSizeBytes)) ? BlockSizeBytes : disk.BlockSize,
            LogicalSectorSize = IsBound(nameof(LogicalSectorSizeBytes)) ? LogicalSectorSizeBytes : disk.LogicalSectorSize,
            PhysicalSectorSize = IsBound(nameof(PhysicalSectorSizeBytes)) ? PhysicalSectorSizeBytes : disk.PhysicalSectorSize,
        };
    }
}
