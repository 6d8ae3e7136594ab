using System;
using System.Buffers.Binary;
using System.IO;
using Microsoft.Vhd.PowerShell;

namespace HyperV.Qemu.Disks;

/// <summary>Writes and reads fixed and dynamic VHD files.</summary>
/// <remarks>As in Microsoft's Virtual Hard Disk Image Format Specification; all numbers are big-endian.</remarks>
internal static class Vhd
{
    private const int FooterSize = 512;
    private const int DynamicHeaderSize = 1024;
    private const int TableOffset = FooterSize + DynamicHeaderSize;
    private const uint FixedType = 2;
    private const uint DynamicType = 3;
    private const uint DifferencingType = 4;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes an empty disk; the file must not be there.</summary>
    public static void Write(VirtualDiskSpecification disk)
    {
        using var file = new FileStream(disk.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var footer = Footer(disk);
        if (disk.Type == VhdType.Fixed)
        {
            file.Position = disk.Size;
        }
        else
        {
            var entries = (int)((disk.Size + disk.BlockSize - 1) / disk.BlockSize);
            var table = new byte[(((entries * sizeof(uint)) + FooterSize - 1) / FooterSize) * FooterSize];
            Array.Fill(table, byte.MaxValue);
            file.Write(footer);
            file.Write(DynamicHeader(disk, (uint)entries));
            file.Write(table);
        }

        file.Write(footer);
    }

    /// <summary>Whether the file ends, or begins, as a VHD does.</summary>
    public static bool Recognizes(Stream file) => FindFooter(file) is not null;

    /// <summary>Reads the footer and the header.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static VirtualDiskInfo Read(Stream file)
    {
        var footer = FindFooter(file) ?? throw new InvalidDataException("There is no footer.");
        var type = BinaryPrimitives.ReadUInt32BigEndian(footer.AsSpan(60)) switch
        {
            FixedType => VhdType.Fixed,
            DynamicType => VhdType.Dynamic,
            DifferencingType => VhdType.Differencing,
            var unknown => throw new InvalidDataException($"The type {unknown} is not known."),
        };
        return new VirtualDiskInfo(
            VhdFormat.VHD,
            type,
            BinaryPrimitives.ReadInt64BigEndian(footer.AsSpan(48)),
            type == VhdType.Fixed ? 0 : BlockSize(file, footer),
            512,
            512,
            new Guid(footer.AsSpan(68, 16), bigEndian: true),
            ParentPath: null);
    }

    private static uint BlockSize(Stream file, byte[] footer)
    {
        var header = Vhdx.Read(file, BinaryPrimitives.ReadInt64BigEndian(footer.AsSpan(16)), DynamicHeaderSize);
        return header.AsSpan(0, 8).SequenceEqual("cxsparse"u8)
            ? BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(32))
            : throw new InvalidDataException("The dynamic header is damaged.");
    }

    private static byte[]? FindFooter(Stream file)
    {
        if (file.Length < FooterSize)
        {
            return null;
        }

        var footer = Vhdx.Read(file, file.Length - FooterSize, FooterSize);
        if (IsFooter(footer))
        {
            return footer;
        }

        footer = Vhdx.Read(file, 0, FooterSize);
        return IsFooter(footer) ? footer : null;
    }

    private static bool IsFooter(byte[] footer)
        => footer.AsSpan(0, 8).SequenceEqual("conectix"u8)
            && BinaryPrimitives.ReadUInt32BigEndian(footer.AsSpan(64)) == Checksum(footer, 64);

    private static byte[] Footer(VirtualDiskSpecification disk)
    {
        var bytes = new byte[FooterSize];
        var span = bytes.AsSpan();
        "conectix"u8.CopyTo(span);
        BinaryPrimitives.WriteUInt32BigEndian(span[8..], 2);
        BinaryPrimitives.WriteUInt32BigEndian(span[12..], 0x00010000);
        BinaryPrimitives.WriteInt64BigEndian(span[16..], disk.Type == VhdType.Fixed ? -1 : FooterSize);
        BinaryPrimitives.WriteUInt32BigEndian(span[24..], (uint)(DateTime.UtcNow - Epoch).TotalSeconds);

        // Readers believe the size, not the geometry, of what Windows made.
        "win "u8.CopyTo(span[28..]);
        BinaryPrimitives.WriteUInt32BigEndian(span[32..], 0x000A0000);
        "Wi2k"u8.CopyTo(span[36..]);
        BinaryPrimitives.WriteInt64BigEndian(span[40..], disk.Size);
        BinaryPrimitives.WriteInt64BigEndian(span[48..], disk.Size);
        BinaryPrimitives.WriteUInt32BigEndian(span[56..], Geometry(disk.Size));
        BinaryPrimitives.WriteUInt32BigEndian(span[60..], disk.Type == VhdType.Fixed ? FixedType : DynamicType);
        disk.Identifier.TryWriteBytes(span[68..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(span[64..], Checksum(bytes, 64));
        return bytes;
    }

    private static byte[] DynamicHeader(VirtualDiskSpecification disk, uint entries)
    {
        var bytes = new byte[DynamicHeaderSize];
        var span = bytes.AsSpan();
        "cxsparse"u8.CopyTo(span);
        BinaryPrimitives.WriteInt64BigEndian(span[8..], -1);
        BinaryPrimitives.WriteInt64BigEndian(span[16..], TableOffset);
        BinaryPrimitives.WriteUInt32BigEndian(span[24..], 0x00010000);
        BinaryPrimitives.WriteUInt32BigEndian(span[28..], entries);
        BinaryPrimitives.WriteUInt32BigEndian(span[32..], disk.BlockSize);
        BinaryPrimitives.WriteUInt32BigEndian(span[36..], Checksum(bytes, 36));
        return bytes;
    }

    /// <summary>The one's complement of the sum of all bytes but the checksum's own.</summary>
    private static uint Checksum(byte[] structure, int field)
    {
        var sum = 0u;
        for (var index = 0; index < structure.Length; index++)
        {
            sum += index >= field && index < field + sizeof(uint) ? 0u : structure[index];
        }

        return ~sum;
    }

    /// <summary>Cylinders, heads and sectors by the algorithm of the specification's appendix.</summary>
    private static uint Geometry(long size)
    {
        var sectors = Math.Min(size / 512, 65535L * 16 * 255);
        long sectorsPerTrack, heads, cylindersTimesHeads;
        if (sectors > 65535L * 16 * 63)
        {
            (sectorsPerTrack, heads) = (255, 16);
            cylindersTimesHeads = sectors / sectorsPerTrack;
        }
        else
        {
            sectorsPerTrack = 17;
            cylindersTimesHeads = sectors / sectorsPerTrack;
            heads = Math.Max((cylindersTimesHeads + 1023) / 1024, 4);
            if (cylindersTimesHeads >= heads * 1024 || heads > 16)
            {
                (sectorsPerTrack, heads) = (31, 16);
                cylindersTimesHeads = sectors / sectorsPerTrack;
            }

            if (cylindersTimesHeads >= heads * 1024)
            {
                (sectorsPerTrack, heads) = (63, 16);
                cylindersTimesHeads = sectors / sectorsPerTrack;
            }
        }

        return (uint)((cylindersTimesHeads / heads << 16) | (heads << 8) | sectorsPerTrack);
    }
}
