using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>Removes VMs, and the files that belong to them.</summary>
internal static class MachineRemoval
{
    /// <summary>The disks that may be deleted with a VM: those that were made for it and are still attached to it.</summary>
    /// <remarks>A mark may be forged, a disk may have moved on to another VM, and another one may have taken its place.</remarks>
    /// <param name="machine">The VM.</param>
    /// <param name="invoke">How to call Hyper-V: it differs while the pipeline is being stopped.</param>
    /// <param name="warn">Is told of those that are not the ones that were made.</param>
    public static IReadOnlyList<string> OwnDisks(LinuxKitMachine machine, Func<HyperVCall, HyperVResult> invoke, Action<string> warn)
    {
        if (machine.Mark is not { } mark)
        {
            return [];
        }

        var attached = machine.Object.DiskPaths();
        var own = new List<string>();
        foreach (var disk in mark.Disks.Where(disk => attached.Contains(disk, StringComparer.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IsMadeFor(machine, mark, disk, invoke))
            {
                own.Add(disk);
            }
            else
            {
                warn($"The disk '{disk}' is not the one that was made for the VM '{machine.Name}', and stays.");
            }
        }

        return own;
    }

    /// <summary>The boot disk that was made of the image and is still attached; null where there is none.</summary>
    private static string? OwnBootDisk(LinuxKitMachine machine, Func<HyperVCall, HyperVResult> invoke) =>
        machine.Mark is { BootDisk: { } disk } mark &&
        machine.Object.DiskPaths().Contains(disk, StringComparer.OrdinalIgnoreCase) &&
        IsMadeFor(machine, mark, disk, invoke)
            ? disk
            : null;

    private static bool IsMadeFor(LinuxKitMachine machine, OwnershipMark mark, string disk, Func<HyperVCall, HyperVResult> invoke) =>
        VirtualDisk.Get(invoke, machine.Host, disk).Output.Any(found => FileIdentity.OfDisk(found) is { } identity && mark.Made.Contains(identity));

    /// <summary>The metadata image that was made for a VM and is still in it; null where there is none.</summary>
    public static string? OwnMetadata(LinuxKitMachine machine) =>
        machine.Mark is { OwnsMetadata: true, Metadata: { } metadata } mark &&
        machine.Object.DvdPaths().Contains(metadata, StringComparer.OrdinalIgnoreCase) &&
        machine.Host.IsLocal && FileIdentity.IsOneOf(mark.Made, metadata)
            ? metadata
            : null;

    /// <summary>Removes a VM that is off, its metadata, its boot disk where that was made for it, and other disks of it.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="disks">What to delete, from <see cref="OwnDisks"/>.</param>
    /// <param name="invoke">How to call Hyper-V: it differs while the pipeline is being stopped.</param>
    /// <exception cref="LinuxKitException">VMRemovalFailed, MetadataRemovalFailed, DiskRemovalFailed.</exception>
    public static void Remove(LinuxKitMachine machine, IReadOnlyList<string> disks, Func<HyperVCall, HyperVResult> invoke)
    {
        var name = machine.Name;
        var isLocal = machine.Host.IsLocal;
        var metadata = OwnMetadata(machine);
        var bootDisk = OwnBootDisk(machine, invoke);
        MachineConsole.Forget(machine, ConsoleEndReason.VMRemoved);
        if (invoke(new HyperVCall(HyperVCommand.RemoveVM) { { "VM", machine.Object }, { "Force", true } }).FirstError is { } error)
        {
            throw HyperVErrors.Translate(error, new CallFailure(
                "VMRemovalFailed",
                $"The VM '{name}' could not be removed.",
                name,
                "Look at its state with Get-VM, and try again.")
            {
                Remedies = new Dictionary<FailureKind, string>
                {
                    [FailureKind.ObjectNotFound] = "It was removed meanwhile; its disks are left where they are.",
                },
            });
        }

        // First what may hold secrets.
        if (metadata is not null)
        {
            DeleteMetadata(metadata, isLocal);
        }

        foreach (var disk in bootDisk is null ? disks : [bootDisk, .. disks])
        {
            Delete(disk, isLocal, exception => new LinuxKitException(
                "DiskRemovalFailed",
                FailureKind.WriteError,
                $"The VM '{name}' is removed, but its disk '{disk}' could not be deleted. {exception.Message}",
                disk,
                "Delete the file when nothing uses it any more.",
                exception));
        }
    }

    /// <summary>Deletes a metadata image that no VM has any more.</summary>
    /// <exception cref="LinuxKitException">MetadataRemovalFailed.</exception>
    public static void DeleteMetadata(string metadata, bool isLocal) => Delete(metadata, isLocal, exception => new LinuxKitException(
        "MetadataRemovalFailed",
        FailureKind.WriteError,
        $"The metadata image '{metadata}' is used no more, but could not be deleted. {exception.Message}",
        metadata,
        "Delete the file: what is in it may be a secret.",
        exception));

    private static void Delete(string path, bool isLocal, Func<Exception, LinuxKitException> failure)
    {
        try
        {
            if (!isLocal)
            {
                throw new IOException("Files of a remote host cannot be deleted from here.");
            }

            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw failure(exception);
        }
    }
}
