using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace HyperV.Qemu.Disks;

/// <summary>What a disk's partition table says of the space that partitions take.</summary>
internal static class PartitionTable
{
    /// <summary>Enough for a GUID partition table of the usual 128 entries, whichever sectors the disk has.</summary>
    private const int HeadSize = 64 << 10;

    private const int MbrSectorSize = 512;
    private const int MbrEntries = 446;
    private const int MbrSignature = 510;
    private const byte Protective = 0xEE;

    /// <summary>The least that a disk can have without cutting partitions off; null where it has none.</summary>
    public static long? LeastDiskSize(string path, VirtualDiskInfo disk)
    {
        var head = ReadHead(path);
        var entries = MasterBootRecord(head);
        if (entries.Count == 0)
        {
            return null;
        }

        var end = entries.Exists(entry => entry.Type == Protective)
            ? GuidTableEnd(head, (int)disk.LogicalSectorSize)
            : entries.Max(entry => entry.End) * MbrSectorSize;
        return (end + disk.PhysicalSectorSize - 1) / disk.PhysicalSectorSize * disk.PhysicalSectorSize;
    }

    /// <remarks>A file system without partitions may end its first sector alike; its bytes make no entries.</remarks>
    private static List<(byte Type, long End)> MasterBootRecord(byte[] head)
    {
        var entries = new List<(byte Type, long End)>();
        if (BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(MbrSignature)) != 0xAA55)
        {
            return entries;
        }

        for (var offset = MbrEntries; offset < MbrSignature; offset += 16)
        {
            var entry = head.AsSpan(offset, 16);
            if (entry[0] is not (0 or 0x80))
            {
                return [];
            }

            if (entry[4] != 0)
            {
                entries.Add((entry[4], (long)BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]) + BinaryPrimitives.ReadUInt32LittleEndian(entry[12..])));
            }
        }

        return entries;
    }

    /// <summary>After the last partition there is room for the table's copy.</summary>
    private static long? GuidTableEnd(byte[] head, int sectorSize)
    {
        var header = head.AsSpan(sectorSize);
        if (!header[..8].SequenceEqual("EFI PART"u8))
        {
            return null;
        }

        var first = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(header[72..]) * sectorSize);
        var count = BinaryPrimitives.ReadInt32LittleEndian(header[80..]);
        var size = BinaryPrimitives.ReadInt32LittleEndian(header[84..]);
        var last = -1L;
        for (var index = 0; index < count && first + ((index + 1) * size) <= head.Length; index++)
        {
            var entry = head.AsSpan(first + (index * size), size);
            if (entry[..16].ContainsAnyExcept((byte)0))
            {
                last = Math.Max(last, BinaryPrimitives.ReadInt64LittleEndian(entry[40..]));
            }
        }

        var copy = 1 + (((count * size) + sectorSize - 1) / sectorSize);
        return last < 0 ? null : (last + 1 + copy) * sectorSize;
    }

    private static byte[] ReadHead(string path)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            QemuImg.Run(CancellationToken.None, "dd", "-U", "-f", QemuFormat.Of(path), "-O", "raw", $"bs={HeadSize}", "count=1", $"if={path}", $"of={file}");
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
