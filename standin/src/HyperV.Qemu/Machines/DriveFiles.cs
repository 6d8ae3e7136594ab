using System;
using System.IO;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Disks;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;
using Microsoft.Vhd.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>The files that drives are given.</summary>
internal static class DriveFiles
{
    /// <summary>An ISO that is there, may be read, and is called one. A drive of the host is none here.</summary>
    public static string CheckedIso(string path)
    {
        const string Failed = "Failed to add device 'Virtual CD/DVD Disk'.";
        try
        {
            FileRights.Check(path);
            RequireReach(Failed, path);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return path.EndsWith(".iso", StringComparison.OrdinalIgnoreCase) ? path : throw new VirtualizationException(ErrorIdentifier.InvalidParameter, Failed);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VirtualizationException(
                ErrorIdentifier.Unspecified,
                $"{Failed}\n\nAttachment '{path}' not found. Error: 'The system cannot find the file specified.'. (0x{SystemError.FileNotFound:X8})",
                innerException: exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw NoPermission(Failed, path, exception);
        }
    }

    /// <summary>A disk that is there and may be opened.</summary>
    public static string CheckedDisk(MachineDefinition machine, string path)
    {
        var failed = $"'{machine.Name}' failed to add resources to '{machine.Name}'.";
        RequireFormat(machine, path);
        try
        {
            FileRights.Check(path);
            RequireReach(failed, path);
            _ = FileStorage.IsLimited(path) ? throw FileStorage.Refusal(failed) : path;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw NoPermission(failed, path, exception);
        }

        return File.Exists(path)
            ? path
            : throw new VirtualizationException(
                ErrorIdentifier.OperationFailed,
                $"{failed}\n\nAn unexpected error occurred: The system cannot find the file specified. (0x{SystemError.FileNotFound:X8}).");
    }

    /// <summary>Refuses a disk of a format that machines of that generation do not have, whatever is in the file.</summary>
    /// <exception cref="VirtualizationException">Generation 2 has no VHD.</exception>
    public static void RequireFormat(MachineDefinition machine, string path)
    {
        // That it is refused is documented, and with which words is not.
        if (machine.Generation == 2 && VirtualDisks.FormatOf(path) == VhdFormat.VHD)
        {
            throw new VirtualizationException(ErrorIdentifier.InvalidParameter, $"'{machine.Name}' failed to add resources to '{machine.Name}'.");
        }
    }

    private static void RequireReach(string failed, string path)
    {
        if (HostReach.IsLink(path))
        {
            throw new UnauthorizedAccessException($"'{Path.GetFileName(path)}' is a link.");
        }

        if (HostReach.IsOutOfReach(path))
        {
            throw new VirtualizationException(
                ErrorIdentifier.OperationFailed,
                $"{failed}\n\nAn unexpected error occurred: The network name cannot be found. (0x{SystemError.NetworkNameNotFound:X8}).");
        }
    }

    private static VirtualizationException NoPermission(string failed, string path, Exception exception)
        => new(
            ErrorIdentifier.AccessDenied,
            $"{failed}\n\nThe user account does not have permission required to open attachment '{path}'. Error: 'General access denied error' (0x{SystemError.AccessDenied:X8}).",
            innerException: exception);
}
