using System;
using System.IO;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats;
using LinuxKitHyperV.Formats.Vhd;
using LinuxKitHyperV.Formats.Vhdx;

namespace LinuxKitHyperV.Images;

/// <summary>A VHD or VHDX as a file.</summary>
internal static class VirtualDiskFile
{
    // Two of the tables of a VHDX have 64 KiB each.
    private const int ReadLimit = 1 << 20;

    private const int WithoutBuffer = 1;

    /// <summary>Reads what it says of its disk.</summary>
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
