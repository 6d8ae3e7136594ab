using System;
using System.Linq;

namespace LinuxKitHyperV.Images;

/// <summary>Tells images by their file names, where their contents are not to be looked at.</summary>
internal static class ImageFileName
{
    // What "linuxkit build" appends to the name of an image.
    private static readonly string[] Suffixes = [".iso", ".img", ".raw", ".qcow2", ".vmdk", ".vhd", ".vhdx", ".tar.gz"];

    /// <summary>Whether a file is named like a bootable image.</summary>
    public static bool IsImage(string fileName) => Suffixes.Any(suffix => fileName.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a file is named like a DVD.</summary>
    public static bool IsDvd(string fileName) => fileName.EndsWith(".iso", StringComparison.OrdinalIgnoreCase);
}
