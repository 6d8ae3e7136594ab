using System;
using System.IO;
using System.Runtime.InteropServices;
using LinuxKitHyperV.Native.Unix;
using LinuxKitHyperV.Native.Windows;
using Microsoft.Win32.SafeHandles;

namespace LinuxKitHyperV.Content;

/// <summary>Asks the file system where a file has data and where it has holes.</summary>
internal static class SparseFile
{
    private static readonly bool IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    // File attribute constants of the Windows API, which .NET has no names for.
    private const FileAttributes RecallOnOpen = (FileAttributes)0x0004_0000;
    private const FileAttributes RecallOnDataAccess = (FileAttributes)0x0040_0000;

    /// <summary>The data, or the hole, at a place. Where the file system cannot tell, all is data.</summary>
    public static Extent ExtentAt(FileStream file, long offset, long length) =>
        !IsWindows ? OnUnix(file.SafeFileHandle, offset, length)
        : IsElsewhere(new FileInfo(file.Name).Attributes) ? new Extent(offset, length - offset, IsData: true)
        : OnWindows(file.SafeFileHandle, offset, length);

    /// <summary>Whether the data of a file may not be where its ranges are: in a cloud (OneDrive), deduplicated or archived.</summary>
    /// <remarks>Such a file has no allocated ranges until it is read: taken for holes, its data would become zeros. What is no file
    /// of the file system has all attributes.</remarks>
    public static bool IsElsewhere(FileAttributes attributes) =>
        (attributes & (FileAttributes.ReparsePoint | FileAttributes.Offline | RecallOnOpen | RecallOnDataAccess)) != 0;

    private static Extent OnUnix(SafeFileHandle file, long offset, long length)
    {
        var data = LibC.SeekFile(file, offset, LibC.Seek.Data);
        if (data > offset)
        {
            return new Extent(offset, Math.Min(data, length) - offset, IsData: false);
        }

        if (data < 0)
        {
            return new Extent(offset, length - offset, IsData: Marshal.GetLastWin32Error() != LibC.NoSuchAddress);
        }

        var hole = LibC.SeekFile(file, offset, LibC.Seek.Hole);
        return new Extent(offset, (hole > offset ? Math.Min(hole, length) : length) - offset, IsData: true);
    }

    private static Extent OnWindows(SafeFileHandle file, long offset, long length)
    {
        var asked = new Kernel32.AllocatedRange { Offset = offset, Length = length - offset };
        var size = (uint)Marshal.SizeOf(asked);
        var answered = Kernel32.DeviceIoControl(file, Kernel32.QueryAllocatedRanges, ref asked, size, out var range, size, out var returned, IntPtr.Zero);
        if (!answered && Marshal.GetLastWin32Error() != Kernel32.MoreData)
        {
            return new Extent(offset, length - offset, IsData: true);
        }

        if (returned < size)
        {
            return new Extent(offset, length - offset, IsData: false);
        }

        return range.Offset > offset
            ? new Extent(offset, Math.Min(range.Offset, length) - offset, IsData: false)
            : new Extent(offset, Math.Min(range.Offset + range.Length, length) - offset, IsData: true);
    }
}
