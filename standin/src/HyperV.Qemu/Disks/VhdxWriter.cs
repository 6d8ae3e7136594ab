using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using Microsoft.Vhd.PowerShell;

namespace HyperV.Qemu.Disks;

/// <summary>Writes an empty VHDX file.</summary>
internal static class VhdxWriter
{
    private const long LogOffset = Vhdx.Megabyte;
    private const long MetadataOffset = 2 * Vhdx.Megabyte;
    private const long TableOffset = 3 * Vhdx.Megabyte;
    private const ulong FullyPresent = 6;

    // Metadata flags.
    private const uint IsVirtualDisk = 2;
    private const uint IsRequired = 4;

    /// <summary>Writes the file, which must not be there.</summary>
    public static void Write(VirtualDiskSpecification disk)
    {
        using var file = new FileStream(disk.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var table = BlockAllocationTable(disk);
        var tableLength = RoundUp(table.Length, Vhdx.Megabyte);
        WriteAt(file, 0, Identifier());
        for (var copy = 0; copy < 2; copy++)
        {
            WriteAt(file, Vhdx.HeaderOffsets[copy], Header((ulong)copy + 1));
            WriteAt(file, Vhdx.RegionTableOffsets[copy], RegionTable((uint)tableLength));
        }

        WriteAt(file, MetadataOffset, Metadata(disk));
        WriteAt(file, TableOffset, table);
        file.SetLength(TableOffset + tableLength + (disk.Type == VhdType.Fixed ? RoundUp(disk.Size, disk.BlockSize) : 0));
    }

    private static void WriteAt(FileStream file, long offset, byte[] bytes)
    {
        file.Position = offset;
        file.Write(bytes);
    }

    private static byte[] Identifier()
    {
        var bytes = new byte[512];
        Vhdx.FileSignature.CopyTo(bytes);
        Encoding.Unicode.GetBytes("HyperV.Qemu", bytes.AsSpan(8));
        return bytes;
    }

    private static byte[] Header(ulong sequence)
    {
        var bytes = new byte[Vhdx.HeaderSize];
        Vhdx.HeaderSignature.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), sequence);
        Guid.NewGuid().TryWriteBytes(bytes.AsSpan(16));
        Guid.NewGuid().TryWriteBytes(bytes.AsSpan(32));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(66), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(68), Vhdx.Megabyte);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(72), LogOffset);
        return Sealed(bytes);
    }

    private static byte[] RegionTable(uint tableLength)
    {
        var bytes = new byte[Vhdx.RegionTableSize];
        Vhdx.RegionTableSignature.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), 2);
        Entry(bytes.AsSpan(16), Vhdx.BlockAllocationTable, TableOffset, tableLength);
        Entry(bytes.AsSpan(48), Vhdx.MetadataRegion, MetadataOffset, Vhdx.Megabyte);
        return Sealed(bytes);

        static void Entry(Span<byte> entry, Guid region, long offset, uint length)
        {
            region.TryWriteBytes(entry);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], offset);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[24..], length);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[28..], 1);
        }
    }

    private static byte[] Metadata(VirtualDiskSpecification disk)
    {
        var parameters = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(parameters, disk.BlockSize);
        BinaryPrimitives.WriteUInt32LittleEndian(parameters.AsSpan(4), disk.Type == VhdType.Fixed ? Vhdx.LeaveBlocksAllocated : 0);

        (Guid Id, byte[] Content, uint Flags)[] items =
        [
            (Vhdx.FileParameters, parameters, IsRequired),
            (Vhdx.VirtualDiskSize, BitConverter.GetBytes(disk.Size), IsRequired | IsVirtualDisk),
            (Vhdx.VirtualDiskId, disk.Identifier.ToByteArray(), IsRequired | IsVirtualDisk),
            (Vhdx.LogicalSectorSize, BitConverter.GetBytes(disk.LogicalSectorSize), IsRequired | IsVirtualDisk),
            (Vhdx.PhysicalSectorSize, BitConverter.GetBytes(disk.PhysicalSectorSize), IsRequired | IsVirtualDisk),
        ];

        var content = Vhdx.MetadataItems;
        var bytes = new byte[content + (4 << 10)];
        Vhdx.MetadataSignature.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(10), (ushort)items.Length);
        for (var index = 0; index < items.Length; index++)
        {
            var item = items[index];
            var entry = bytes.AsSpan(32 + (index * 32));
            item.Id.TryWriteBytes(entry);
            BinaryPrimitives.WriteInt32LittleEndian(entry[16..], content);
            BinaryPrimitives.WriteInt32LittleEndian(entry[20..], item.Content.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[24..], item.Flags);
            item.Content.CopyTo(bytes, content);
            content += item.Content.Length;
        }

        return bytes;
    }

    private static byte[] BlockAllocationTable(VirtualDiskSpecification disk)
    {
        var blocks = (disk.Size + disk.BlockSize - 1) / disk.BlockSize;
        var blocksPerChunk = (1L << 23) * disk.LogicalSectorSize / disk.BlockSize;
        var entries = blocks + ((blocks - 1) / blocksPerChunk);
        var table = new byte[entries * sizeof(ulong)];
        if (disk.Type == VhdType.Fixed)
        {
            var data = TableOffset + RoundUp(table.Length, Vhdx.Megabyte);
            for (var block = 0L; block < blocks; block++)
            {
                // Every chunk of payload blocks is followed by the entry of its sector bitmap.
                var entry = (int)(block + (block / blocksPerChunk)) * sizeof(ulong);
                BinaryPrimitives.WriteUInt64LittleEndian(table.AsSpan(entry), (ulong)(data + (block * disk.BlockSize)) | FullyPresent);
            }
        }

        return table;
    }

    private static byte[] Sealed(byte[] structure)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(structure.AsSpan(4), Vhdx.Checksum(structure));
        return structure;
    }

    private static long RoundUp(long value, long unit) => (value + unit - 1) / unit * unit;
}
