using System;

namespace LinuxKitHyperV.Formats;

/// <summary>What a VHD or VHDX says of its disk. Whether the disk's content is whole, is not looked at.</summary>
/// <param name="Format">VHD or VHDX, as Hyper-V writes it.</param>
/// <param name="Identifier">The disk's identifier, which lasts while guests write to it.</param>
internal sealed record VirtualDiskHeader(string Format, Guid Identifier)
{
    /// <summary>Whether all of the disk has its place in the file.</summary>
    public VirtualDiskType Type { get; init; }

    /// <summary>What a guest sees, in bytes.</summary>
    public long SizeBytes { get; init; }

    /// <summary>What is allocated at once, in bytes; 0 for a fixed VHD.</summary>
    public long BlockSizeBytes { get; init; }

    /// <summary>The sector that a guest addresses.</summary>
    public uint LogicalSectorBytes { get; init; }

    /// <summary>The sector that is said to be written at once.</summary>
    public uint PhysicalSectorBytes { get; init; }
}

/// <summary>How a virtual disk takes its place; the numbers are those of a VHD's footer.</summary>
internal enum VirtualDiskType
{
    /// <summary>All of it is in the file.</summary>
    Fixed = 2,

    /// <summary>What was written is.</summary>
    Dynamic = 3,

    /// <summary>What differs from another disk is.</summary>
    Differencing = 4,
}
