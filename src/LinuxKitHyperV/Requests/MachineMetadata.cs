using System;
using System.IO;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Metadata;

namespace LinuxKitHyperV.Requests;

/// <summary>The metadata of a VM.</summary>
/// <param name="Path">Its image, absolute.</param>
/// <param name="Volume">What is in it if it is to be made; null for an image that is there, which is used as it is.</param>
internal sealed record MachineMetadata(string Path, MetadataFolder? Volume)
{
    /// <summary>Whether a path names an image, and not what an image is to be made of.</summary>
    public static bool IsImageName(string path) => path.EndsWith(".iso", StringComparison.OrdinalIgnoreCase);

    /// <summary>An image that is there.</summary>
    /// <exception cref="LinuxKitException">MetadataNotFound.</exception>
    public static MachineMetadata OfImage(string path, bool isLocal) => !isLocal || File.Exists(path)
        ? new MachineMetadata(path, null)
        : throw NotFound(path);

    /// <summary>Metadata that is there to make an image of.</summary>
    /// <exception cref="LinuxKitException">MetadataNotFound, MetadataNeedsThisComputer.</exception>
    public static MachineMetadata ToMake(MetadataFolder volume, string machineName, string folder, bool isLocal)
    {
        if (!isLocal)
        {
            throw new LinuxKitException(
                "MetadataNeedsThisComputer",
                FailureKind.NotImplemented,
                "A metadata image cannot be made on another host: Hyper-V has no cmdlet for that.",
                machineName,
                "Make it with New-LinuxKitMetadata, copy it to the host, and name it with -MetadataPath.");
        }

        // A name that nobody has: what takes the making back deletes it.
        return new MachineMetadata(System.IO.Path.Combine(folder, $"{FileName.Of(machineName)}-metadata-{Guid.NewGuid():N}.iso"), volume);
    }

    /// <summary>Metadata that is not where it should be.</summary>
    public static LinuxKitException NotFound(string path) => new(
        "MetadataNotFound",
        FailureKind.ObjectNotFound,
        $"There is no file or folder '{path}'.",
        path,
        "Check the path that -MetadataPath gives.");
}
