using System;
using System.IO;
using System.Text;

namespace LinuxKitHyperV.Formats.Vhdx;

/// <summary>Writes a dynamic VHDX, by [MS-VHDX]: the header section, the log, the metadata, the table, and then the blocks.</summary>
internal sealed class VhdxWriter : DiskWriter
{
    private const int EntrySize = sizeof(ulong);
    private const int EntriesOfPage = 8192;
    private const uint LogicalSectorSize = 512;
    private const uint PhysicalSectorSize = 4096;
    private const long LogOffset = VhdxFormat.Megabyte;
    private const long MetadataOffset = 2 * VhdxFormat.Megabyte;
    private const long TableOffset = 3 * VhdxFormat.Megabyte;
    private const int FileIdentifierSize = 520;
    private const string Creator = "LinuxKitHyperV";

    // Of metadata items.
    private const uint IsVirtualDisk = 2;
    private const uint IsRequired = 4;

    private readonly long _size;
    private readonly long _chunkRatio;
    private readonly uint _tableLength;
    private readonly byte[] _page = new byte[EntriesOfPage * EntrySize];
    private long _pageNumber = -1;
    private long _next;

    /// <summary>Begins a disk.</summary>
    /// <param name="file">An empty stream.</param>
    /// <param name="size">The size of the disk in bytes: a multiple of 512.</param>
    public VhdxWriter(Stream file, long size)
        : base(file, (int)VhdxFormat.NewBlockSize)
    {
        _size = size;
        _chunkRatio = VhdxFormat.ChunkRatio(BlockSize, LogicalSectorSize);
        var blocks = (size + BlockSize - 1) / BlockSize;
        var entries = blocks + ((blocks - 1) / _chunkRatio);
        _tableLength = (uint)(((entries * EntrySize) + VhdxFormat.Megabyte - 1) / VhdxFormat.Megabyte * VhdxFormat.Megabyte);
        _next = TableOffset + _tableLength;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        FlushPage();
        WriteAt(MetadataOffset, Metadata());
        for (var copy = 0; copy < 2; copy++)
        {
            WriteAt(VhdxFormat.RegionTableOffsets[copy], RegionTable());
            WriteAt(VhdxFormat.HeaderOffsets[copy], Header((ulong)copy + 1));
        }

        File.SetLength(_next);

        // Last of all: until it is there, nobody takes the file for a disk.
        WriteAt(0, Identifier());
    }

    /// <inheritdoc/>
    protected override long Allocate(long number)
    {
        var place = _next;
        _next += BlockSize;

        // After every chunk of blocks the table has the entry of their sector bitmap, which only differencing disks use.
        var entry = number + (number / _chunkRatio);
        if (entry / EntriesOfPage != _pageNumber)
        {
            FlushPage();
            _pageNumber = entry / EntriesOfPage;
            Array.Clear(_page, 0, _page.Length);
        }

        LittleEndian.Write(_page, (int)(entry % EntriesOfPage) * EntrySize, (ulong)place | VhdxFormat.FullyPresent);
        return place;
    }

    // What is never written of the table reads as zeros: the blocks are not there.
    private void FlushPage()
    {
        if (_pageNumber >= 0)
        {
            WriteAt(TableOffset + (_pageNumber * _page.Length), _page);
        }
    }

    private static byte[] Identifier()
    {
        var bytes = new byte[FileIdentifierSize];
        Encoding.ASCII.GetBytes(VhdxFormat.FileSignature, 0, VhdxFormat.FileSignature.Length, bytes, 0);
        Encoding.Unicode.GetBytes(Creator, 0, Creator.Length, bytes, 8);
        return bytes;
    }

    private static byte[] Header(ulong sequence)
    {
        var bytes = Structure(VhdxFormat.HeaderSize, VhdxFormat.HeaderSignature);
        LittleEndian.Write(bytes, 8, sequence);
        LittleEndian.Write(bytes, 16, Guid.NewGuid());
        LittleEndian.Write(bytes, 32, Guid.NewGuid());
        LittleEndian.Write(bytes, 66, (ushort)1);
        LittleEndian.Write(bytes, 68, (uint)VhdxFormat.Megabyte);
        LittleEndian.Write(bytes, 72, (ulong)LogOffset);
        return Sealed(bytes);
    }

    private byte[] RegionTable()
    {
        var bytes = Structure(VhdxFormat.RegionTableSize, VhdxFormat.RegionTableSignature);
        LittleEndian.Write(bytes, 8, 2u);
        Region(bytes, 16, VhdxFormat.BlockAllocationTableRegion, TableOffset, _tableLength);
        Region(bytes, 48, VhdxFormat.MetadataRegion, MetadataOffset, VhdxFormat.Megabyte);
        return Sealed(bytes);
    }

    private static void Region(byte[] table, int index, Guid id, long offset, uint length)
    {
        LittleEndian.Write(table, index, id);
        LittleEndian.Write(table, index + 16, (ulong)offset);
        LittleEndian.Write(table, index + 24, length);
        LittleEndian.Write(table, index + 28, 1u);
    }

    private byte[] Metadata()
    {
        var bytes = new byte[VhdxFormat.Megabyte];
        Encoding.ASCII.GetBytes(VhdxFormat.MetadataSignature, 0, VhdxFormat.MetadataSignature.Length, bytes, 0);
        LittleEndian.Write(bytes, 10, (ushort)5);
        LittleEndian.Write(bytes, Item(bytes, 0, VhdxFormat.FileParameters, 8, IsRequired), (uint)BlockSize);
        LittleEndian.Write(bytes, Item(bytes, 1, VhdxFormat.VirtualDiskSize, 8, IsRequired | IsVirtualDisk), (ulong)_size);
        LittleEndian.Write(bytes, Item(bytes, 2, VhdxFormat.VirtualDiskId, 16, IsRequired | IsVirtualDisk), Guid.NewGuid());
        LittleEndian.Write(bytes, Item(bytes, 3, VhdxFormat.LogicalSectorSize, 4, IsRequired | IsVirtualDisk), LogicalSectorSize);
        LittleEndian.Write(bytes, Item(bytes, 4, VhdxFormat.PhysicalSectorSize, 4, IsRequired | IsVirtualDisk), PhysicalSectorSize);
        return bytes;
    }

    // The items' contents lie behind the table, sixteen bytes apart. Where one lies is given back.
    private static int Item(byte[] metadata, int number, Guid id, uint length, uint flags)
    {
        var entry = 32 + (number * 32);
        var content = VhdxFormat.MetadataTableSize + (number * 16);
        LittleEndian.Write(metadata, entry, id);
        LittleEndian.Write(metadata, entry + 16, (uint)content);
        LittleEndian.Write(metadata, entry + 20, length);
        LittleEndian.Write(metadata, entry + 24, flags);
        return content;
    }

    private static byte[] Structure(int size, string signature)
    {
        var bytes = new byte[size];
        Encoding.ASCII.GetBytes(signature, 0, signature.Length, bytes, 0);
        return bytes;
    }

    private static byte[] Sealed(byte[] structure)
    {
        LittleEndian.Write(structure, VhdxFormat.ChecksumIndex, Crc32.Castagnoli.Compute(structure, structure.Length, VhdxFormat.ChecksumIndex));
        return structure;
    }
}
