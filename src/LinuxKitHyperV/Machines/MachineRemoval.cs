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
    /// <summary>What a reader is told of a VM that is removed when its console is left.</summary>
    /// <param name="files">What is deleted with it.</param>
    public static string OnExit(IEnumerable<string> files)
    {
        var deletion = string.Join(", ", files.Select(file => $"'{file}'"));
        return "Remove it when its console is left or it stops" + (deletion.Length == 0 ? string.Empty : $", and delete {deletion}");
    }

    /// <summary>The steps that remove a VM that is off, and its files.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="files">What to delete.</param>
    /// <param name="invoke">How to call Hyper-V: it differs while the pipeline is being stopped.</param>
    /// <remarks>They throw LinuxKitException: VMRemovalFailed, MetadataRemovalFailed, DiskRemovalFailed.</remarks>
    public static IEnumerable<(string Description, Action Run)> Steps(LinuxKitMachine machine, OwnFiles files, Func<HyperVCall, HyperVResult> invoke)
    {
        var name = machine.Name;
        var isLocal = machine.Host.IsLocal;
        yield return ($"Remove the VM '{name}'", () => Remove(machine, invoke));
        if (files.Metadata is { } metadata)
        {
            yield return (Deletion(metadata), () => DeleteMetadata(metadata, isLocal));
        }

        foreach (var disk in files.Disks)
        {
            yield return (Deletion(disk), () => DeleteDisk(name, disk, isLocal));
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

    private static string Deletion(string path) => $"Delete '{path}'";

    private static void Remove(LinuxKitMachine machine, Func<HyperVCall, HyperVResult> invoke)
    {
        MachineConsole.Forget(machine, ConsoleEndReason.VMRemoved);
        if (invoke(new HyperVCall(HyperVCommand.RemoveVM) { { "VM", machine.Object }, { "Force", true } }).FirstError is { } error)
        {
            throw HyperVErrors.Translate(error, new CallFailure(
                "VMRemovalFailed",
                $"The VM '{machine.Name}' could not be removed.",
                machine.Name,
                "Look at its state with Get-VM, and try again.")
            {
                Remedies = new Dictionary<FailureKind, string>
                {
                    [FailureKind.ObjectNotFound] = "It was removed meanwhile; its disks are left where they are.",
                },
            });
        }
    }

    private static void DeleteDisk(string machineName, string disk, bool isLocal) => Delete(disk, isLocal, exception => new LinuxKitException(
        "DiskRemovalFailed",
        FailureKind.WriteError,
        $"The VM '{machineName}' is removed, but its disk '{disk}' could not be deleted. {exception.Message}",
        disk,
        "Delete the file when nothing uses it any more.",
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
