using System;
using System.IO;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Adds, changes and removes drives.</summary>
internal static class DriveMedia
{
    /// <summary>An ISO that is there and may be read.</summary>
    public static string CheckedIso(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return path;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VirtualizationException(
                ErrorIdentifier.Unspecified,
                $"Failed to add device 'Virtual CD/DVD Disk'.\n\nAttachment '{path}' not found. Error: 'The system cannot find the file specified.'. (0x{SystemError.FileNotFound:X8})",
                innerException: exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new VirtualizationException(
                ErrorIdentifier.AccessDenied,
                $"Failed to add device 'Virtual CD/DVD Disk'.\n\nThe user account does not have permission required to open attachment '{path}'. Error: 'General access denied error' (0x{SystemError.AccessDenied:X8}).",
                innerException: exception);
        }
    }

    /// <summary>A disk that is there and that the machine does not have yet.</summary>
    public static string CheckedDisk(MachineDefinition machine, string path)
    {
        if (!File.Exists(path))
        {
            throw new VirtualizationException(
                ErrorIdentifier.OperationFailed,
                $"'{machine.Name}' failed to add resources to '{machine.Name}'.\n\nAn unexpected error occurred: The system cannot find the file specified. (0x{SystemError.FileNotFound:X8}).");
        }

        return path;
    }

    /// <summary>Adds a drive at a place, or at the first that is free.</summary>
    public static DriveDefinition Attach(VirtualMachine machine, bool isDvd, ControllerType? type, int? number, int? location, string? path)
    {
        var drive = new DriveDefinition { IsDvd = isDvd, Path = path };
        Change(machine, "Virtual Drive", definition =>
        {
            if (!isDvd && path is not null && definition.Drives.Exists(other => other.Path == path))
            {
                throw new VirtualizationException(
                    ErrorIdentifier.InvalidParameter,
                    $"'{definition.Name}' failed to add resources to '{definition.Name}'.\n\nCannot add '{path}'. The disk is already connected to the virtual machine '{definition.Name}'.");
            }

            var slot = DriveSlots.Choose(definition, type, number, location);
            (drive.ControllerType, drive.ControllerNumber, drive.ControllerLocation) = (slot.Type, slot.Number, slot.Location);
            definition.AddDrive(drive);
        });
        return drive;
    }

    /// <summary>Changes what lies in a drive.</summary>
    public static void Insert(Drive drive, string? path)
        => Change(drive.Machine, drive.Name, definition => Find(definition, drive).Path = path);

    /// <summary>Moves a drive to another place.</summary>
    public static void Move(Drive drive, ControllerType type, int number, int? location)
        => Change(drive.Machine, drive.Name, definition =>
        {
            var moved = Find(definition, drive);
            definition.Drives.Remove(moved);
            var slot = DriveSlots.Choose(definition, type, number, location);
            (moved.ControllerType, moved.ControllerNumber, moved.ControllerLocation) = (slot.Type, slot.Number, slot.Location);
            definition.Drives.Add(moved);
        });

    /// <summary>Removes a drive.</summary>
    public static void Detach(Drive drive)
        => Change(drive.Machine, drive.Name, definition => definition.RemoveDevice(Find(definition, drive).Id));

    /// <summary>The error of a drive that is not there.</summary>
    public static VirtualizationException NotFound(string kind)
        => new(ErrorIdentifier.ObjectNotFound, $"Hyper-V was unable to find a {kind} that matches the given criteria.");

    private static DriveDefinition Find(MachineDefinition definition, Drive drive)
        => definition.Drives.Find(candidate => candidate.Id == drive.Definition.Id) ?? throw NotFound("drive");

    /// <remarks>
    /// On SCSI, Hyper-V allows all this while the machine runs. The engine does not, and it would be a lie to say so.
    /// </remarks>
    private static void Change(VirtualMachine machine, string device, Action<MachineDefinition> change)
        => machine.Machine.ChangeWhileOff(change, () => machine.Generation == 2 && machine.State != VMState.Saved
            ? Errors.NotSupportedByStandIn("changing drives of a machine that is not off")
            : Errors.DeviceNotModifiableNow(device));
}
