using System.IO;
using HyperV.Qemu.Disks;
using HyperV.Qemu.Hosts;

namespace Microsoft.Vhd.PowerShell;

/// <content>A virtual disk, as its headers describe it.</content>
public sealed partial class VirtualHardDisk
{
    private readonly VirtualDiskInfo _disk;

    internal VirtualHardDisk(VirtualizationHost host, string path, bool attached)
    {
        _disk = VirtualDisks.Read(path);
        ComputerName = host.Name;
        Path = path;
        Attached = attached;
        DiskNumber = attached ? host.Mounts.NumberOf(path) : null;
        FileSize = (ulong)new FileInfo(path).Length;
    }

    /// <summary>The host.</summary>
    public string ComputerName { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>VHD or VHDX.</summary>
    public VhdFormat VhdFormat => _disk.Format;

    /// <summary>Fixed, dynamic or differencing.</summary>
    public VhdType VhdType => _disk.Type;

    /// <summary>What the file takes.</summary>
    public ulong FileSize { get; }

    /// <summary>What the guest sees.</summary>
    public ulong Size => (ulong)_disk.Size;

    /// <summary>The least that it can shrink to; null where it has no partition table.</summary>
    public ulong? MinimumSize => (ulong?)PartitionTable.LeastDiskSize(Path, _disk);

    /// <summary>The sector that the guest addresses.</summary>
    public uint LogicalSectorSize => _disk.LogicalSectorSize;

    /// <summary>The sector that is said to be written at once.</summary>
    public uint PhysicalSectorSize => _disk.PhysicalSectorSize;

    /// <summary>What is allocated at once.</summary>
    public uint BlockSize => _disk.BlockSize;

    /// <summary>The disk that a differencing one is based on.</summary>
    public string ParentPath => _disk.ParentPath ?? string.Empty;

    /// <summary>The disk's id.</summary>
    public string DiskIdentifier => _disk.Identifier.ToString().ToUpperInvariant();

    /// <summary>Whether the start of the data lies on a physical sector.</summary>
    public uint Alignment => 1;

    /// <summary>Whether it is mounted, or a machine that is on uses it.</summary>
    public bool Attached { get; }

    /// <summary>Its number where it is mounted; null where it is not.</summary>
    public uint? DiskNumber { get; }
}
