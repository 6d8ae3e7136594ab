using System;
using System.Collections.Generic;
using System.Text;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Partitions;

/// <summary>The partitions of a disk by GPT: UEFI specification, chapter 5.</summary>
internal static class GuidPartitionTable
{
    private const int SectorSize = 512;
    private const string Signature = "EFI PART";
    private const int HeaderSize = 92;
    private const int LeastEntrySize = 128;
    private const int MostEntrySize = 4096;
    private const int MostEntriesSize = 256 * 1024;
    private const ulong LegacyBiosBootable = 1 << 2;

    private static readonly Guid EfiSystem = new("C12A7328-F81F-11D2-BA4B-00A0C93EC93B");

    /// <summary>Reads the partitions, from the table at the end where that at the beginning is damaged.</summary>
    /// <exception cref="ImageFormatException">Both are damaged, or the disk ends before its partitions do.</exception>
    public static IReadOnlyList<Partition> Read(ImageContent disk) =>
        ReadTable(disk, SectorSize) ?? ReadTable(disk, disk.Length - SectorSize) ?? throw ImageFormatException.Damaged("Neither partition table of the disk is whole.");

    private static List<Partition>? ReadTable(ImageContent disk, long offset)
    {
        if (offset < 0 || offset > disk.Length - SectorSize)
        {
            return null;
        }

        var header = disk.Read(offset, SectorSize);
        if (Encoding.ASCII.GetString(header, 0, Signature.Length) != Signature ||
            LittleEndian.UInt32(header, 12) != HeaderSize ||
            LittleEndian.UInt32(header, 16) != Crc32.Ieee.Compute(header, HeaderSize, 16))
        {
            return null;
        }

        var count = LittleEndian.UInt32(header, 80);
        var size = LittleEndian.UInt32(header, 84);
        if (size is < LeastEntrySize or > MostEntrySize || count > MostEntriesSize / size)
        {
            throw ImageFormatException.NotSupported($"Its partition table has {count} entries of {size} bytes.");
        }

        var lastUsable = LittleEndian.UInt64(header, 48);
        if (lastUsable >= (ulong)disk.Length / SectorSize)
        {
            throw ImageFormatException.Truncated($"Its partition table speaks of {lastUsable + 1} sectors, and the disk has {disk.Length / SectorSize}.");
        }

        var entries = disk.Read((long)(LittleEndian.UInt64(header, 72) & (long.MaxValue / SectorSize)) * SectorSize, (int)(count * size));
        return LittleEndian.UInt32(header, 88) == Crc32.Ieee.Compute(entries, entries.Length) ? Partitions(entries, (int)size, lastUsable) : null;
    }

    private static List<Partition> Partitions(byte[] entries, int size, ulong lastUsable)
    {
        var partitions = new List<Partition>();
        for (var index = 0; index < entries.Length; index += size)
        {
            var type = LittleEndian.Guid(entries, index);
            var first = LittleEndian.UInt64(entries, index + 32);
            var last = LittleEndian.UInt64(entries, index + 40);
            if (type != Guid.Empty && first <= last && last <= lastUsable)
            {
                partitions.Add(new Partition(
                    (long)first * SectorSize,
                    (long)(last - first + 1) * SectorSize,
                    type == EfiSystem,
                    (LittleEndian.UInt64(entries, index + 48) & LegacyBiosBootable) != 0));
            }
        }

        return partitions;
    }
}
