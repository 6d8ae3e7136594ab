using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Requests;

/// <summary>The virtual disk that is in a file.</summary>
internal static class DiskFile
{
    private const string TypeName = "Microsoft.Vhd.PowerShell.VirtualHardDisk";

    private const string LookAtIt = "Look at it with Get-VHD.";

    private static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>A disk that was made just now, as Hyper-V's cmdlets emit it.</summary>
    /// <exception cref="LinuxKitException">DiskQueryFailed.</exception>
    public static IReadOnlyList<PSObject> ReadMade(IHyperV hyperV, HyperVHost host, string path)
    {
        if (!host.IsLocal || (VirtualDisk.IsPlain(path) && FilePlace.Of(path).Reach == FileReach.Computer))
        {
            return VirtualDisk.Get(hyperV, host, path).OutputOr(new CallFailure("DiskQueryFailed", NotRead(path), path, LookAtIt));
        }

        try
        {
            return [Describe(path, VirtualDiskFile.Read(path))];
        }
        catch (Exception exception) when (exception is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            throw new LinuxKitException("DiskQueryFailed", FailureKind.InvalidOperation, $"{NotRead(path)} {exception.Message}", path, LookAtIt, exception);
        }
    }

    /// <summary>Refuses a disk of this computer that cannot be attached to another VM now.</summary>
    /// <param name="users">Who has which disks.</param>
    /// <param name="path">The disk's file.</param>
    /// <param name="wait">How it is waited for: Hyper-V holds the disks of a VM for a moment longer than it is there.</param>
    /// <exception cref="LinuxKitException">DiskNotReadable, DiskInUse, VMQueryFailed.</exception>
    public static void RequireUnused(DiskUsers users, string path, PatientWait wait)
    {
        try
        {
            RequirePlain(path, File.GetAttributes(path));
            IOException? held = null;
            if (!wait.Until($"another program to let go of '{path}'", HoldTime, LookInterval, () => IsReadable(users, path, out held)))
            {
                throw IsUsed(path, "a running VM, or mounted on this computer", held);
            }
        }
        catch (Exception exception) when (exception is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            throw new LinuxKitException(
                "DiskNotReadable",
                FailureKind.InvalidArgument,
                $"The disk '{path}' cannot be read. {exception.Message}",
                path,
                "Check with Test-VHD that it is a whole VHD or VHDX.",
                exception);
        }

        if (users.RunningWith(path) is { } machine)
        {
            throw IsUsed(path, $"the VM '{machine}'", null);
        }
    }

    /// <summary>Whether a disk can be read, or is somebody's who is known; false where it is held, perhaps for a moment.</summary>
    private static bool IsReadable(DiskUsers users, string path, out IOException? held)
    {
        held = null;
        try
        {
            _ = VirtualDiskFile.Read(path);
            return true;
        }
        catch (IOException exception) when (HeldFile.IsHeld(exception))
        {
            held = exception;
            return users.RunningWith(path) is not null;
        }
    }

    /// <summary>Refuses a disk in a file that the file system compresses, encrypts, or keeps with holes.</summary>
    /// <exception cref="LinuxKitException">DiskNotReadable.</exception>
    public static void RequirePlain(string path, FileAttributes attributes)
    {
        if (!PlainFile.IsPlain(attributes))
        {
            throw new LinuxKitException(
                "DiskNotReadable",
                FailureKind.InvalidArgument,
                $"Hyper-V does not take the disk '{path}': the file is {PlainFile.Describe(attributes)}.",
                path,
                SparseFile.IsElsewhere(attributes)
                    ? "Copy it to a folder that is in no cloud, and not deduplicated."
                    : $"Run {PlainFile.Commands(path, attributes)}, or copy the disk to a folder for which none of that is set.");
        }
    }

    private static LinuxKitException IsUsed(string path, string user, Exception? exception) => new(
        "DiskInUse",
        FailureKind.ResourceBusy,
        $"The disk '{path}' is in use by {user}.",
        path,
        "Stop the VM that uses it, dismount it with Dismount-VHD, or give a copy.",
        exception);

    private static string NotRead(string path) => $"The disk '{path}' was made, but cannot be read.";

    /// <summary>An object like Hyper-V's for a disk of this computer that is not attached.</summary>
    private static PSObject Describe(string path, VirtualDiskHeader header)
    {
        var disk = new PSObject();
        disk.TypeNames.Insert(0, TypeName);
        Add("ComputerName", Environment.MachineName);
        Add("Path", path);
        Add("VhdFormat", header.Format);
        Add("VhdType", header.Type.ToString());
        Add("FileSize", (ulong)new FileInfo(path).Length);
        Add("Size", (ulong)header.SizeBytes);
        Add("MinimumSize", null);
        Add("LogicalSectorSize", header.LogicalSectorBytes);
        Add("PhysicalSectorSize", header.PhysicalSectorBytes);
        Add("BlockSize", (uint)header.BlockSizeBytes);
        Add("ParentPath", string.Empty);
        Add("DiskIdentifier", header.Identifier.ToString().ToUpperInvariant());
        Add("Attached", false);
        Add("DiskNumber", null);
        return disk;

        void Add(string name, object? value) => disk.Properties.Add(new PSNoteProperty(name, value));
    }
}
