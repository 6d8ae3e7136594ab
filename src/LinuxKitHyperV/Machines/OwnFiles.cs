using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>The files that are deleted with a VM.</summary>
/// <param name="Metadata">Its metadata image, from <see cref="OwnMetadata"/>; null where there is none.</param>
/// <param name="Disks">Its disks, from <see cref="OwnDisks"/>.</param>
internal sealed record OwnFiles(string? Metadata, IReadOnlyList<string> Disks)
{
    /// <summary>All of them, in the order in which they are deleted: first what may hold secrets.</summary>
    public IReadOnlyList<string> All => Metadata is null ? Disks : [Metadata, .. Disks];

    /// <summary>Finds them.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="withData">Whether the data disks are asked for.</param>
    /// <param name="users">Who has which disks.</param>
    /// <param name="warn">Is told of each file that is there and stays, and why.</param>
    public static OwnFiles Of(LinuxKitMachine machine, bool withData, DiskUsers users, Action<string> warn) =>
        new(OwnMetadata.Of(machine, warn), OwnDisks.Of(machine, withData, users, warn));
}

/// <summary>Tells which metadata image may be deleted with a VM: the one that was made for it and is still in it.</summary>
internal static class OwnMetadata
{
    /// <summary>The image that may be deleted; null where there is none.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="warn">Is told of one that is there and stays, and why.</param>
    public static string? Of(LinuxKitMachine machine, Action<string> warn)
    {
        if (machine.Mark is not { OwnsMetadata: true, Metadata: { } metadata } mark || (machine.Host.IsLocal && !File.Exists(metadata)))
        {
            return null;
        }

        if (ReasonToKeep(machine, mark, metadata) is not { } reason)
        {
            return metadata;
        }

        warn($"The metadata image '{metadata}' of the VM '{machine.Name}' stays: {reason} What is in it may be a secret.");
        return null;
    }

    private static string? ReasonToKeep(LinuxKitMachine machine, OwnershipMark mark, string metadata)
    {
        if (!machine.Host.IsLocal)
        {
            return "files of a remote host cannot be deleted from here.";
        }

        // A mark may be forged: what is in no drive of the VM is not even opened.
        if (!machine.Object.DvdPaths().Contains(metadata, StringComparer.OrdinalIgnoreCase))
        {
            return "it is in no drive of it any more.";
        }

        try
        {
            return mark.Made.Contains(FileIdentity.OfContent(metadata), StringComparer.Ordinal) ? null : "it is not the one that was made for it.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read, and so is not known to be the one that was made for it. {exception.Message}";
        }
    }
}
