using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Requests;

/// <summary>Settles what disks a VM gets: which files, and which of them are to be made.</summary>
internal static class MachineDisks
{
    /// <summary>The disks for a VM.</summary>
    /// <param name="specs">What the user asked for.</param>
    /// <param name="machineName">The VM's name: new disks without a name of their own are named after it.</param>
    /// <param name="folder">Where what is made goes.</param>
    /// <param name="isLocal">Whether the files are this computer's and can be looked at.</param>
    /// <param name="boot">What the VM boots.</param>
    /// <exception cref="LinuxKitException">DiskNotFound, DiskFolderNotFound, DiskFormatNotSupported, ImageIsDvd, DiskGivenTwice.</exception>
    public static IReadOnlyList<MachineDisk> Settle(
        IReadOnlyList<DiskSpec> specs,
        string machineName,
        MachineFolder folder,
        bool isLocal,
        MachineBoot boot)
    {
        var given = specs.Select((spec, index) => spec.Path is null ? folder.For(DefaultName(machineName, index)) : folder.Named(Possible(spec.Path))).ToList();
        var disks = specs.Zip(given, (spec, path) => Settle(spec, path, machineName, folder, isLocal)).ToList();
        var files = disks.Zip(given, (disk, path) => (Given: path, disk.Path));
        if (boot.IsDisk)
        {
            files = files.Append((boot.MediumPath, boot.MediumPath));
        }

        RequireDistinct(files);
        RequireFormat(disks, boot.Generation);
        return disks;
    }

    /// <param name="files">What the user named, and what the VM would get for it.</param>
    private static void RequireDistinct(IEnumerable<(string Given, string Path)> files)
    {
        var twice = files.GroupBy(file => file.Path, file => file.Given, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is null)
        {
            return;
        }

        var given = twice.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        throw given.Count > 1
            ? new LinuxKitException(
                "DiskGivenTwice",
                FailureKind.InvalidArgument,
                $"'{given[0]}' and '{given[1]}' would both be '{twice.Key}'.",
                twice.Key,
                "Convert one of them under another name with ConvertTo-LinuxKitDisk, and give what it makes.")
            : new LinuxKitException(
                "DiskGivenTwice",
                FailureKind.InvalidArgument,
                $"The disk '{given[0]}' is given more than once.",
                given[0],
                "Give every disk a file of its own.");
    }

    private static void RequireFormat(IEnumerable<MachineDisk> disks, int generation)
    {
        if (generation == 2 && disks.FirstOrDefault(disk => disk.Path.EndsWith(".vhd", StringComparison.OrdinalIgnoreCase)) is { } vhd)
        {
            throw new LinuxKitException(
                "DiskFormatNotSupported",
                FailureKind.InvalidArgument,
                $"A VM of Generation 2 has no VHD, such as '{vhd.Path}': it takes a VHDX.",
                vhd.Path,
                vhd.IsMade ? "Give the disk a name that ends in .vhdx." : "Convert it with ConvertTo-LinuxKitDisk, and give what it makes.");
        }
    }

    private static string Possible(string path) => FileName.IsPossible(path) ? path : throw NotADisk(path);

    private static LinuxKitException NotADisk(string path) => new(
        "DiskFormatNotSupported",
        FailureKind.InvalidArgument,
        $"Hyper-V does not take '{path}' as a disk.",
        path,
        "Name a file that ends in .vhdx or .vhd.");

    /// <summary>The error for a DVD in a disk's place.</summary>
    public static LinuxKitException IsDvd(string path) => new(
        "ImageIsDvd",
        FailureKind.InvalidArgument,
        $"'{path}' is a DVD and no disk.",
        path,
        "Hyper-V takes an ISO as it is: start it with Start-LinuxKitVM.");

    /// <summary>The file of a disk that is to be made: Hyper-V knows a disk's format by its name.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="toFullPath">Makes a path absolute: relative to PowerShell's current location.</param>
    /// <param name="isLocal">Whether the folder is this computer's and can be looked at.</param>
    /// <exception cref="LinuxKitException">DiskFormatNotSupported, DiskFolderNotFound.</exception>
    public static string ToMake(string path, Func<string, string> toFullPath, bool isLocal)
    {
        var file = toFullPath(Possible(path));
        CheckName(file);
        if (isLocal)
        {
            CheckFolder(file);
        }

        return file;
    }

    private static void CheckName(string path)
    {
        if (!IsVhd(path))
        {
            throw NotADisk(path);
        }
    }

    private static bool IsVhd(string path) =>
        Path.GetExtension(path) is var extension &&
        (extension.Equals(".vhdx", StringComparison.OrdinalIgnoreCase) || extension.Equals(".vhd", StringComparison.OrdinalIgnoreCase));

    private static void CheckFolder(string path)
    {
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new LinuxKitException(
                "DiskFolderNotFound",
                FailureKind.ObjectNotFound,
                $"The folder of the disk '{path}' does not exist.",
                path,
                "Make the folder first, or choose another one.");
        }
    }

    private static MachineDisk Settle(DiskSpec spec, string path, string machineName, MachineFolder folder, bool isLocal)
    {
        if (isLocal && !IsVhd(path) && ImageFileName.IsImage(path) && File.Exists(path))
        {
            if (ImageFileName.IsDvd(path))
            {
                throw IsDvd(path);
            }

            return Converted(path, folder.For(CopyName(machineName, path)));
        }

        CheckName(path);
        if (!isLocal)
        {
            return new MachineDisk(path, spec.SizeBytes);
        }

        // A file that is there is used as it is, whatever size was asked for: so does linuxkit run.
        return File.Exists(path) ? Existing(path, machineName, folder) : ToMake(path, spec.SizeBytes, folder);
    }

    /// <remarks>A disk on a share is used there: that is what such shares are for, and a copy would be another disk.</remarks>
    private static MachineDisk Existing(string path, string machineName, MachineFolder folder)
    {
        var place = FilePlace.Of(path);
        return place.Reach == FileReach.Session ? Converted(path, folder.ForCopy(CopyName(machineName, path), path)) with { IsOutOfReach = true }
            : new MachineDisk(place.IsItself(path) ? path : place.Path, null);
    }

    private static MachineDisk ToMake(string path, long? size, MachineFolder folder)
    {
        var file = folder.ForNew(path);
        if (file == path && Path.GetDirectoryName(file) != folder.Own)
        {
            CheckFolder(file);
        }

        return File.Exists(file) ? new MachineDisk(file, null)
            : size is not null ? new MachineDisk(file, size)
            : throw new LinuxKitException(
                "DiskNotFound",
                FailureKind.ObjectNotFound,
                $"The disk '{path}' does not exist.",
                path,
                "Give a size too, in quotes, as in 'file=data.vhdx,size=10G', to have it made.");
    }

    // What was converted once is used from then on, with what guests have written to it.
    private static MachineDisk Converted(string path, string converted) => new(converted, null) { ConvertedFrom = File.Exists(converted) ? null : path };

    private static string CopyName(string machineName, string path) => $"{FileName.Of(machineName)}-{MachineName.WithoutFileSuffix(path)}.vhdx";

    private static string DefaultName(string machineName, int index)
    {
        return $"{FileName.Of(machineName)}-disk{(index == 0 ? string.Empty : index.ToString(System.Globalization.CultureInfo.InvariantCulture))}.vhdx";
    }
}

/// <summary>A data disk of a VM.</summary>
/// <param name="Path">Its file, absolute.</param>
/// <param name="NewSizeBytes">Its size in bytes if it is to be made; null for an existing file, which is used as it is.</param>
internal sealed record MachineDisk(string Path, long? NewSizeBytes)
{
    /// <summary>The image to convert; null for a disk that is not made of one.</summary>
    public string? ConvertedFrom { get; init; }

    /// <summary>Whether it is a copy because Hyper-V does not reach the image, and not because it does not take its format.</summary>
    public bool IsOutOfReach { get; init; }

    /// <summary>Whether it is made for the VM.</summary>
    public bool IsMade => NewSizeBytes is not null || ConvertedFrom is not null;
}
