using System;
using System.Collections.Generic;
using System.IO;
using System.Numerics;
using System.Threading;
using HyperV.Qemu.Controls;
using Microsoft.HyperV.PowerShell;
using Microsoft.Vhd.PowerShell;

namespace HyperV.Qemu.Disks;

/// <summary>Makes and reads virtual disks, and refuses what Hyper-V refuses.</summary>
internal static class VirtualDisks
{
    private const long Least = 3L << 20;
    private const uint LeastBlock = 512 << 10;
    private const uint MostBlock = 256 << 20;
    private const long MostVhd = 2040L << 30;
    private const long MostVhdx = 64L << 40;

    /// <summary>The format that a file's name asks for.</summary>
    public static VhdFormat FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".VHDX" or ".AVHDX" => VhdFormat.VHDX,
        ".VHD" or ".AVHD" => VhdFormat.VHD,
        ".VHDS" => VhdFormat.VHDSet,
        _ => VhdFormat.Unknown,
    };

    /// <summary>Makes an empty disk.</summary>
    /// <exception cref="VirtualizationException">It cannot be made.</exception>
    public static void Create(VirtualDiskSpecification disk)
    {
        var format = FormatOf(disk.Path);
        if (format is not (VhdFormat.VHD or VhdFormat.VHDX))
        {
            throw CannotCreate(disk.Path, ErrorIdentifier.InvalidParameter, "The file name extension must be .vhd or .vhdx.");
        }

        if (disk.BlockSize is < LeastBlock or > MostBlock || !BitOperations.IsPow2(disk.BlockSize)
            || disk.Size % disk.PhysicalSectorSize != 0 || disk.Size < Least || disk.Size > (format == VhdFormat.VHD ? MostVhd : MostVhdx))
        {
            throw CannotCreate(disk.Path, ErrorIdentifier.InvalidParameter, $"One or more arguments are invalid (0x{SystemError.InvalidParameter:X8}).");
        }

        if (HostReach.IsOutOfReach(disk.Path))
        {
            throw CannotCreate(disk.Path, ErrorIdentifier.OperationFailed, $"The network name cannot be found. (0x{SystemError.NetworkNameNotFound:X8}).");
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(disk.Path)!);
            Write(disk, format);
        }
        catch (IOException) when (File.Exists(disk.Path))
        {
            throw CannotCreate(disk.Path, ErrorIdentifier.OperationFailed, $"The file exists. (0x{SystemError.FileExists:X8}).");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotCreate(disk.Path, ErrorIdentifier.OperationFailed, exception.Message, exception);
        }
    }

    /// <summary>Makes a disk from what another holds.</summary>
    /// <exception cref="VirtualizationException">It cannot be made.</exception>
    public static void CreateFrom(string sourcePath, VirtualDiskSpecification disk, CancellationToken cancellation)
    {
        // qemu-img copies nothing into a smaller disk: it is shown so much of the source as fits.
        string[] source = Read(sourcePath).Size > disk.Size ? [QemuImg.Head(sourcePath, disk.Size)] : ["-f", QemuFormat.Of(sourcePath), sourcePath];
        Create(disk);
        try
        {
            QemuImg.Run(cancellation, ["convert", "-q", "-n", "--target-is-zero", "-O", QemuFormat.Of(disk.Path), .. source, disk.Path]);
        }
        catch (Exception exception)
        {
            File.Delete(disk.Path);
            throw exception is IOException ? CannotCreate(disk.Path, ErrorIdentifier.OperationFailed, exception.Message, exception) : exception;
        }
    }

    /// <summary>Reads a disk's headers.</summary>
    /// <exception cref="VirtualizationException">There is no disk, or it is damaged.</exception>
    public static VirtualDiskInfo Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (VhdxReader.Recognizes(file))
            {
                return VhdxReader.Read(file, path);
            }

            if (Overlay.Recognizes(file))
            {
                return Overlay.Read(file, path);
            }

            return Vhd.Recognizes(file) ? Vhd.Read(file) : throw NotADisk(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw NotADisk(path, exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or OverflowException or KeyNotFoundException)
        {
            throw new VirtualizationException(
                ErrorIdentifier.OperationFailed,
                $"Getting the mounted storage instance for the path '{path}' failed.\n\nThe virtual disk is corrupt.",
                innerException: exception);
        }
    }

    /// <summary>A disk, what it is based on, what that is based on, and so forth.</summary>
    /// <exception cref="VirtualizationException">One of them is missing or damaged.</exception>
    public static List<string> Chain(string path)
    {
        var chain = new List<string>();
        for (string? link = path; link is not null; link = Read(link).ParentPath)
        {
            chain.Add(link);
        }

        return chain;
    }

    /// <summary>The error of a file system that takes no such file.</summary>
    public static VirtualizationException FileSystemLimitation(string path) => CannotCreate(
        path,
        ErrorIdentifier.OperationFailed,
        $"The requested operation could not be completed due to a file system limitation (0x{SystemError.FileSystemLimitation:X8}).");

    private static void Write(VirtualDiskSpecification disk, VhdFormat format)
    {
        if (disk.ParentPath is not null)
        {
            Overlay.Create(disk.Path, disk.ParentPath, disk.Size);
        }
        else if (format == VhdFormat.VHD)
        {
            Vhd.Write(disk);
        }
        else
        {
            VhdxWriter.Write(disk);
        }
    }

    private static VirtualizationException NotADisk(string path, Exception? exception = null)
        => new(ErrorIdentifier.InvalidParameter, $"'{path}' is not an existing virtual hard disk file.", innerException: exception);

    private static VirtualizationException CannotCreate(string path, ErrorIdentifier identifier, string reason, Exception? exception = null)
        => new(
            identifier,
            $"Failed to create the virtual hard disk.\n\nThe system failed to create '{path}'.\n\nFailed to create the virtual hard disk.\n\nThe system failed to create '{path}': {reason}",
            innerException: exception);
}
