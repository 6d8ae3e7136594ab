using System;
using System.Buffers.Binary;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Builds disks with one partition.</summary>
internal static class DiskBuilder
{
    private const int SectorSize = 512;
    private const int FirstSector = 2048;
    private const int Megabyte = 1 << 20;
    private const int EntriesSize = 128 * 128;

    /// <summary>A disk with a GPT and an EFI system partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="lastUsableFromEnd">How many sectors before the end the last one lies that partitions may use, as the table says.</param>
    /// <param name="lastFromEnd">The same of the partition's last sector; null where it is as long as what is in it.</param>
    public static byte[] Gpt(byte[] partition, int lastUsableFromEnd = 34, int? lastFromEnd = null)
    {
        var disk = Disk(partition);
        var sectors = disk.Length / SectorSize;
        var entries = new byte[EntriesSize];
        new Guid("C12A7328-F81F-11D2-BA4B-00A0C93EC93B").TryWriteBytes(entries);
        new Guid("12345678-0000-4000-8000-000000000001").TryWriteBytes(entries.AsSpan(16));
        BinaryPrimitives.WriteInt64LittleEndian(entries.AsSpan(32), FirstSector);
        BinaryPrimitives.WriteInt64LittleEndian(entries.AsSpan(40), lastFromEnd is { } last ? sectors - last : FirstSector + ((partition.Length + SectorSize - 1) / SectorSize) - 1);
        Record(disk, 0xEE, 0, 1, sectors - 1);
        Table(disk, entries, 1, sectors - 1, 2, sectors - lastUsableFromEnd);
        Table(disk, entries, sectors - 1, 1, sectors - 33, sectors - lastUsableFromEnd);
        return disk;
    }

    /// <summary>A disk with a master boot record that boots its partition.</summary>
    public static byte[] Mbr(byte[] partition)
    {
        var disk = Disk(partition);
        disk[0] = 0xFA;
        Record(disk, 0x0C, 0x80, FirstSector, (partition.Length + SectorSize - 1) / SectorSize);
        return disk;
    }

    private static byte[] Disk(byte[] partition)
    {
        var disk = new byte[((FirstSector * SectorSize) + partition.Length + (2 * Megabyte)) / Megabyte * Megabyte];
        partition.CopyTo(disk, FirstSector * SectorSize);
        return disk;
    }

    private static void Record(byte[] disk, byte type, byte status, int first, int count)
    {
        var entry = disk.AsSpan(446);
        entry[0] = status;
        entry[4] = type;
        BinaryPrimitives.WriteInt32LittleEndian(entry[8..], first);
        BinaryPrimitives.WriteInt32LittleEndian(entry[12..], count);
        disk[510] = 0x55;
        disk[511] = 0xAA;
    }

    private static void Table(byte[] disk, byte[] entries, int sector, int otherSector, int entriesSector, int lastUsable)
    {
        var header = disk.AsSpan(sector * SectorSize, 92);
        "EFI PART"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], 0x10000);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], header.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], sector);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], otherSector);
        BinaryPrimitives.WriteInt64LittleEndian(header[40..], 34);
        BinaryPrimitives.WriteInt64LittleEndian(header[48..], lastUsable);
        BinaryPrimitives.WriteInt64LittleEndian(header[72..], entriesSector);
        BinaryPrimitives.WriteInt32LittleEndian(header[80..], 128);
        BinaryPrimitives.WriteInt32LittleEndian(header[84..], 128);
        BinaryPrimitives.WriteUInt32LittleEndian(header[88..], Crc(entries));
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], Crc(header));
        entries.CopyTo(disk, entriesSector * SectorSize);
    }

    // Bit by bit: a check that shares nothing with what it checks.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var remainder = uint.MaxValue;
        foreach (var value in bytes)
        {
            remainder ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                remainder = (remainder >> 1) ^ ((remainder & 1) * 0xEDB88320);
            }
        }

        return ~remainder;
    }
}
