using System;
using System.IO;
using System.Linq;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>Tells which images in a VM's DVD drives may be deleted with it: those that were made for it and are still in it.</summary>
internal static class OwnDvd
{
    /// <summary>The metadata image that may be deleted; null where there is none.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="warn">Is told of one that is there and stays, and why.</param>
    public static string? Metadata(LinuxKitMachine machine, Action<string> warn) =>
        machine.Mark is { OwnsMetadata: true, Metadata: { } metadata } mark ? Of(machine, mark, metadata, "metadata image", " What is in it may be a secret.", warn) : null;

    /// <summary>The copy of its image that may be deleted; null where there is none.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="warn">Is told of one that is there and stays, and why.</param>
    public static string? Boot(LinuxKitMachine machine, Action<string> warn) =>
        machine.Mark is { BootDvd: { } dvd } mark ? Of(machine, mark, dvd, "copied image", string.Empty, warn) : null;

    private static string? Of(LinuxKitMachine machine, OwnershipMark mark, string image, string what, string more, Action<string> warn)
    {
        if (machine.Host.IsLocal && !File.Exists(image))
        {
            return null;
        }

        if (ReasonToKeep(machine, mark, image) is not { } reason)
        {
            return image;
        }

        warn($"The {what} '{image}' of the VM '{machine.Name}' stays: {reason}{more}");
        return null;
    }

    private static string? ReasonToKeep(LinuxKitMachine machine, OwnershipMark mark, string image)
    {
        if (!machine.Host.IsLocal)
        {
            return "files of a remote host cannot be deleted from here.";
        }

        // A mark may be forged: what is in no drive of the VM is not even opened.
        if (!machine.Object.DvdPaths().Any(path => path.Length > 0 && FilePlace.IsSame(path, image)))
        {
            return "it is in no drive of it any more.";
        }

        try
        {
            return mark.Made.Contains(FileIdentity.OfContent(image), StringComparer.Ordinal) ? null : "it is not the one that was made for it.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read, and so is not known to be the one that was made for it. {exception.Message}";
        }
    }
}
