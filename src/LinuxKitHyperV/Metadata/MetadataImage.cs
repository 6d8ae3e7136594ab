using System;
using System.Threading;
using LinuxKitHyperV.Formats.Iso9660;

namespace LinuxKitHyperV.Metadata;

/// <summary>Makes metadata images.</summary>
internal static class MetadataImage
{
    /// <summary>Makes an image that only its owner and the system may read.</summary>
    /// <param name="path">The file, which must not be there.</param>
    /// <param name="volume">What is in it.</param>
    /// <param name="cancellation">Ends the writing; nothing is left then.</param>
    /// <exception cref="LinuxKitException">It cannot be made.</exception>
    /// <exception cref="OperationCanceledException">The writing was canceled.</exception>
    public static void Create(string path, MetadataFolder volume, CancellationToken cancellation)
    {
        var image = new IsoImage(MetadataVolume.Label, volume, DateTime.UtcNow);
        PrivateFile.Create(path, file => image.Write(file, cancellation));
    }
}
