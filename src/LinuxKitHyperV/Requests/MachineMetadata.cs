using System;
using System.IO;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Metadata;

namespace LinuxKitHyperV.Requests;

/// <summary>The metadata of a VM.</summary>
/// <param name="Path">Its image, absolute.</param>
/// <param name="Volume">What is in it if it is to be made; null for an image that is there, which is used as it is.</param>
internal sealed record MachineMetadata(string Path, MetadataFolder? Volume)
{
    /// <summary>The image that it is a copy of; null where it is none.</summary>
    public string? CopiedFrom { get; init; }

    /// <summary>The folder that is made for it; null where it is there.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether it is made for the VM.</summary>
    public bool IsMade => Volume is not null || CopiedFrom is not null;

    /// <summary>Whether a path names an image, and not what an image is to be made of.</summary>
    public static bool IsImageName(string path) => path.EndsWith(".iso", StringComparison.OrdinalIgnoreCase);

    /// <summary>An image that is there, or a copy of it where Hyper-V does not reach it.</summary>
    /// <exception cref="LinuxKitException">MetadataNotFound.</exception>
    public static MachineMetadata OfImage(string path, string machineName, MachineFolder folder, bool isLocal)
    {
        if (!isLocal)
        {
            return new MachineMetadata(path, null);
        }

        var place = File.Exists(path) ? FilePlace.Of(path) : throw NotFound(path);
        return place.IsItself(path) ? new MachineMetadata(path, null)
            : place.Reach == FileReach.Computer && IsImageName(place.Path) ? new MachineMetadata(place.Path, null)
            : new MachineMetadata(folder.ForCopy(NewName(machineName), path), null) { CopiedFrom = path, Folder = folder.Own };
    }

    /// <summary>Metadata that is there to make an image of.</summary>
    /// <exception cref="LinuxKitException">MetadataNotFound, MetadataNeedsThisComputer.</exception>
    public static MachineMetadata ToMake(MetadataFolder volume, string machineName, MachineFolder folder, bool isLocal)
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
        return new MachineMetadata(folder.For(NewName(machineName)), volume) { Folder = folder.Own };
    }

    private static string NewName(string machineName) => $"{FileName.Of(machineName)}-metadata-{Guid.NewGuid():N}.iso";

    /// <summary>Metadata that is not where it should be.</summary>
    public static LinuxKitException NotFound(string path) => new(
        "MetadataNotFound",
        FailureKind.ObjectNotFound,
        $"There is no file or folder '{path}'.",
        path,
        "Check the path that -MetadataPath gives.");
}
