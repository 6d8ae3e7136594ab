using System;
using Microsoft.Vhd.PowerShell;

namespace HyperV.Qemu.Disks;

/// <summary>A virtual disk that is to be made.</summary>
/// <param name="Path">The file, whose extension tells the format.</param>
/// <param name="Type">Fixed, dynamic or differencing.</param>
/// <param name="Size">What the guest sees, in bytes.</param>
internal sealed record VirtualDiskSpecification(string Path, VhdType Type, long Size)
{
    /// <summary>The block size that Hyper-V takes for a dynamic VHDX.</summary>
    public const uint DynamicVhdxBlockSize = 32 << 20;

    /// <summary>The block size that Hyper-V takes for everything else.</summary>
    public const uint OtherBlockSize = 2 << 20;

    /// <summary>What is allocated at once.</summary>
    public uint BlockSize { get; init; } = Type == VhdType.Differencing || VirtualDisks.FormatOf(Path) == VhdFormat.VHD
        ? OtherBlockSize
        : DynamicVhdxBlockSize;

    /// <summary>The sector that the guest addresses.</summary>
    public uint LogicalSectorSize { get; init; } = 512;

    /// <summary>The sector that is said to be written at once.</summary>
    public uint PhysicalSectorSize { get; init; } = VirtualDisks.FormatOf(Path) == VhdFormat.VHD ? 512u : 4096u;

    /// <summary>The disk that a differencing one is based on.</summary>
    public string? ParentPath { get; init; }

    /// <summary>The disk's id.</summary>
    public Guid Identifier { get; init; } = Guid.NewGuid();
}
