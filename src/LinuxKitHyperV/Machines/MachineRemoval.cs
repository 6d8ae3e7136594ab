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
    /// <remarks>A mark may be forged, and a disk may have moved on to another VM.</remarks>
    public static IReadOnlyList<string> OwnDisks(LinuxKitMachine machine)
    {
        var attached = machine.Object.DiskPaths();
        return machine.Mark is { } mark ? [.. mark.Disks.Where(disk => attached.Contains(disk, StringComparer.OrdinalIgnoreCase))] : [];
    }

    /// <summary>Removes a VM that is off, and deletes disks of it.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="disks">What to delete, from <see cref="OwnDisks"/>.</param>
    /// <param name="invoke">How to call Hyper-V: it differs while the pipeline is being stopped.</param>
    /// <exception cref="LinuxKitException">VMRemovalFailed, DiskRemovalFailed.</exception>
    public static void Remove(LinuxKitMachine machine, IReadOnlyList<string> disks, Func<HyperVCall, HyperVResult> invoke)
    {
        var name = machine.Name;
        var isLocal = HyperVHost.Of(machine.Object).IsLocal;
        MachineConsole.Forget(machine, ConsoleEndReason.VMRemoved);
        if (invoke(new HyperVCall(HyperVCommand.RemoveVM) { { "VM", machine.Object }, { "Force", true } }).FirstError is { } error)
        {
            throw HyperVErrors.Translate(error, new CallFailure(
                "VMRemovalFailed",
                $"The VM '{name}' could not be removed.",
                name,
                "Look at its state with Get-VM, and try again."));
        }

        foreach (var disk in disks)
        {
            Delete(disk, name, isLocal);
        }
    }

    private static void Delete(string disk, string name, bool isLocal)
    {
        try
        {
            if (!isLocal)
            {
                throw new IOException("Files of a remote host cannot be deleted from here.");
            }

            File.Delete(disk);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LinuxKitException(
                "DiskRemovalFailed",
                FailureKind.WriteError,
                $"The VM '{name}' is removed, but its disk '{disk}' could not be deleted. {exception.Message}",
                disk,
                "Delete the file when nothing uses it any more.",
                exception);
        }
    }
}
