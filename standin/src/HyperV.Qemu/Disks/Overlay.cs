using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using System.Threading;
using Microsoft.Vhd.PowerShell;

namespace HyperV.Qemu.Disks;

/// <summary>A differencing disk.</summary>
/// <remarks>
/// QEMU opens no differencing VHDX or VHD. Whatever its name says, a differencing disk here is a qcow2 file that is
/// based on its parent; Hyper-V could not open it.
/// </remarks>
internal static class Overlay
{
    /// <summary>What QEMU calls the format.</summary>
    public const string Format = "qcow2";

    /// <summary>The most bytes that the path of what it is based on may have.</summary>
    public const int LongestName = 1023;

    private const int HeaderSize = 32;
    private const uint Cluster = 64 << 10;

    /// <summary>What such a file begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [(byte)'Q', (byte)'F', (byte)'I', 0xFB];

    /// <summary>Makes an empty one, at a path where nothing is.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void Create(string path, string parentPath, long? size = null)
        => OverlayWriter.Write(path, parentPath, QemuFormat.Of(parentPath), size ?? VirtualDisks.Read(parentPath).Size);

    /// <summary>Writes what it holds into the disk that it is based on, or into one further down, and deletes it.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    public static void Merge(string path, string destinationPath, CancellationToken cancellation)
        => QemuImg.Run(cancellation, "commit", "-q", "-f", Format, "-b", destinationPath, path);

    /// <summary>What a disk is based on; null where it is no differencing disk.</summary>
    public static string? ParentOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Recognizes(file) ? ParentPath(file, path) : null;
    }

    /// <summary>Bases it on another disk that holds the same.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    public static void SetParent(string path, string parentPath, CancellationToken cancellation)
        => QemuImg.Run(cancellation, "rebase", "-q", "-u", "-f", Format, "-b", parentPath, "-F", QemuFormat.Of(parentPath), path);

    /// <summary>Whether there is one at a path.</summary>
    public static bool IsAt(string path) => File.Exists(path) && ParentOf(path) is not null;

    /// <summary>Whether the file is one.</summary>
    public static bool Recognizes(Stream file)
        => file.Length >= HeaderSize && Vhdx.Read(file, 0, Signature.Length).AsSpan().SequenceEqual(Signature);

    /// <summary>Reads the header, and the parents' for the rest.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static VirtualDiskInfo Read(Stream file, string path)
    {
        var parentPath = ParentPath(file, path);
        var parent = VirtualDisks.Read(parentPath);
        return parent with
        {
            Format = VirtualDisks.FormatOf(path) is var format and not VhdFormat.Unknown ? format : VhdFormat.VHDX,
            Type = VhdType.Differencing,
            Size = BinaryPrimitives.ReadInt64BigEndian(Vhdx.Read(file, 24, sizeof(long))),
            BlockSize = Cluster,
            ParentPath = parentPath,
        };
    }

    private static string ParentPath(Stream file, string path)
    {
        var header = Vhdx.Read(file, 0, HeaderSize);
        var offset = BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(8));
        var length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(16));
        return offset > 0 && length is > 0 and <= LongestName
            ? Path.GetFullPath(Encoding.UTF8.GetString(Vhdx.Read(file, offset, length)), Path.GetDirectoryName(path)!)
            : throw new InvalidDataException("It is based on nothing.");
    }
}
