using System;

namespace LinuxKitHyperV.Images;

/// <summary>Tells images by their file names.</summary>
internal static class ImageFile
{
    /// <summary>Whether a file's name is that of an image that can be booted.</summary>
    public static bool IsImageName(string fileName) => fileName.EndsWith(".iso", StringComparison.OrdinalIgnoreCase);
}
