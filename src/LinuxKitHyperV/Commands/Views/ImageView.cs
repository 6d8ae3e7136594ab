using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.Images;

namespace LinuxKitHyperV.Commands;

/// <summary>The computed columns of the table of images.</summary>
public static class ImageView
{
    /// <summary>The file's name.</summary>
    public static string Name(PSObject image) => Of(image) is { } found ? Path.GetFileName(found.Path) : string.Empty;

    /// <summary>The file's size.</summary>
    public static string Size(PSObject image) => Of(image) is { } found ? SizeText.Of(found.SizeBytes) : string.Empty;

    /// <summary>The size that a VM sees.</summary>
    public static string VirtualSize(PSObject image) => Of(image) is { } found ? SizeText.Of(found.VirtualSizeBytes) : string.Empty;

    private static LinuxKitImage? Of(PSObject image) => image.BaseObject as LinuxKitImage;
}
