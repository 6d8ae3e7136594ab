using System;
using System.IO;

namespace LinuxKitHyperV.Images;

/// <summary>What a VHD or VHDX says of its disk. Whether the disk's content is whole, is not looked at.</summary>
/// <param name="Format">VHD or VHDX.</param>
/// <param name="Identifier">The disk's identifier, which lasts while guests write to it.</param>
internal sealed record VirtualDiskHeader(LinuxKitImageFormat Format, Guid Identifier)
{
    // Two of the tables of a VHDX have 64 KiB each.
    private const int ReadLimit = 1 << 20;

    private const int WithoutBuffer = 1;

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

    /// <summary>Reads it from a file.</summary>
    /// <exception cref="ImageFormatException">It is no VHD or VHDX, or a damaged one.</exception>
    /// <exception cref="IOException">It cannot be opened: somebody uses it, say.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static VirtualDiskHeader Read(string path)
    {
        using var file = new FileContent(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, WithoutBuffer), ReadLimit);
        return VhdxContent.Recognizes(file) ? VhdxContent.Header(file)
            : VhdContent.Recognizes(file) ? VhdContent.Header(file)
            : throw new ImageFormatException(ImageFault.NotRecognized, "It is neither a VHD nor a VHDX.");
    }
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
