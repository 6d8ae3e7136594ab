using System;
using System.IO;

namespace LinuxKitHyperV.Machines;

/// <summary>The name that a VM gets from its image's file name.</summary>
internal static class MachineName
{
    /// <summary>What names made up for the time of creation begin with: they mark a VM that was never finished.</summary>
    public const string UnfinishedPrefix = "LinuxKitHyperV-unfinished-";

    // Longest first: what "linuxkit build" appends to the name of an image.
    private static readonly string[] FileSuffixes =
    [
        ".img.tar.gz", ".tar.gz", ".qcow2", ".vhdx", ".vmdk", ".vhd", ".iso", ".img", ".raw",
    ];

    private static readonly string[] LayoutSuffixes = ["-efi-initrd", "-efi", "-bios"];

    /// <summary>"linuxkit" for "linuxkit-efi.iso".</summary>
    public static string FromImage(string imagePath)
    {
        var name = WithoutSuffix(WithoutFileSuffix(imagePath), LayoutSuffixes);
        return name.Length == 0 ? Path.GetFileName(imagePath) : name;
    }

    /// <summary>"linuxkit-efi" for "linuxkit-efi.iso".</summary>
    public static string WithoutFileSuffix(string imagePath) => WithoutSuffix(Path.GetFileName(imagePath), FileSuffixes);

    /// <summary>Whether a VM has the name of one whose making was cut short.</summary>
    public static bool IsUnfinished(string name) => name.StartsWith(UnfinishedPrefix, StringComparison.Ordinal);

    private static string WithoutSuffix(string name, string[] suffixes)
    {
        foreach (var suffix in suffixes)
        {
            if (name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return name.Substring(0, name.Length - suffix.Length);
            }
        }

        return name;
    }
}
