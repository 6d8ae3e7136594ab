using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Vhdx;

/// <summary>The disk in a VHDX.</summary>
internal sealed class VhdxContent : MappedContent
{
    private const int EntrySize = sizeof(ulong);
    private const int MostRegions = 2047;
    private const int MostItems = 2046;
    private const int TableHeaderSize = 16;
    private const int MetadataHeaderSize = 32;
    private const int TableEntrySize = 32;
    private const uint MostBlock = 256 << 20;

    private readonly BlockTable _table;
    private readonly long _tableOffset;
    private readonly uint _blockSize;
    private readonly long _chunkRatio;

    private VhdxContent(ImageContent file, (long Offset, long Length) table, Dictionary<Guid, byte[]> metadata)
        : base(file)
    {
        _table = new BlockTable(file);
        _tableOffset = table.Offset;
        _blockSize = LittleEndian.UInt32(Item(metadata, VhdxFormat.FileParameters, 8), 0);
        Length = (long)LittleEndian.UInt64(Item(metadata, VhdxFormat.VirtualDiskSize, sizeof(ulong)), 0);
        var sector = LittleEndian.UInt32(Item(metadata, VhdxFormat.LogicalSectorSize, sizeof(uint)), 0);
        if (_blockSize is < VhdxFormat.Megabyte or > MostBlock || (_blockSize & (_blockSize - 1)) != 0 || sector is not (512 or 4096))
        {
            throw ImageFormatException.Damaged($"Its blocks have {_blockSize} bytes, and its sectors {sector}.");
        }

        if (Length is <= 0 or > VhdxFormat.MaximumDiskSize || Length % sector != 0)
        {
            throw ImageFormatException.Damaged($"Its disk has {Length} bytes.");
        }

        _chunkRatio = VhdxFormat.ChunkRatio(_blockSize, sector);
        var last = Entry((Length - 1) / _blockSize);
        if ((last + 1) * EntrySize > table.Length)
        {
            throw ImageFormatException.Damaged("Its block allocation table is too small for the disk.");
        }

        if ((LittleEndian.UInt32(metadata[VhdxFormat.FileParameters], 4) & VhdxFormat.HasParent) != 0)
        {
            throw ImageFormatException.NotSupported("It is a differencing disk: what it lacks is in its parent. Merge the two with Merge-VHD first.");
        }

        _table.Entry(_tableOffset, last, EntrySize);
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>Whether a file is a VHDX.</summary>
    public static bool Recognizes(ImageContent file) => file.Length >= 8 && Is(file.Read(0, 8), VhdxFormat.FileSignature);

    /// <summary>The disk in a VHDX.</summary>
    /// <exception cref="ImageFormatException">It cannot be read.</exception>
    public static VhdxContent Open(ImageContent file)
    {
        var header = VhdxFormat.HeaderOffsets
            .Select(offset => file.Read(offset, VhdxFormat.HeaderSize))
            .Where(bytes => IsWhole(bytes, VhdxFormat.HeaderSignature))
            .OrderByDescending(bytes => LittleEndian.UInt64(bytes, 8))
            .FirstOrDefault() ?? throw ImageFormatException.Damaged("Neither header of the VHDX is whole.");
        if (LittleEndian.Guid(header, 48) != Guid.Empty)
        {
            throw ImageFormatException.NotSupported("It was not closed: its log has to be replayed. Hyper-V does that when it opens the disk: run Get-VHD on it.");
        }

        var regions = Regions(file);
        return new VhdxContent(file, Region(regions, VhdxFormat.BlockAllocationTableRegion), Metadata(file, Region(regions, VhdxFormat.MetadataRegion)));
    }

    /// <summary>What the headers of a VHDX say of its disk, be it in use, not closed, or based on another.</summary>
    /// <exception cref="ImageFormatException">They are damaged.</exception>
    public static VirtualDiskHeader Header(ImageContent file)
    {
        var metadata = Metadata(file, Region(Regions(file), VhdxFormat.MetadataRegion));
        var parameters = Item(metadata, VhdxFormat.FileParameters, 8);
        var flags = LittleEndian.UInt32(parameters, 4);
        return new VirtualDiskHeader("VHDX", LittleEndian.Guid(Item(metadata, VhdxFormat.VirtualDiskId, 16), 0))
        {
            Type = (flags & VhdxFormat.HasParent) != 0 ? VirtualDiskType.Differencing : (flags & VhdxFormat.IsFixed) != 0 ? VirtualDiskType.Fixed : VirtualDiskType.Dynamic,
            SizeBytes = (long)LittleEndian.UInt64(Item(metadata, VhdxFormat.VirtualDiskSize, sizeof(ulong)), 0),
            BlockSizeBytes = LittleEndian.UInt32(parameters, 0),
            LogicalSectorBytes = LittleEndian.UInt32(Item(metadata, VhdxFormat.LogicalSectorSize, sizeof(uint)), 0),
            PhysicalSectorBytes = LittleEndian.UInt32(Item(metadata, VhdxFormat.PhysicalSectorSize, sizeof(uint)), 0),
        };
    }

    /// <inheritdoc/>
    protected override BlockRun Locate(long offset)
    {
        var block = offset / _blockSize;
        var start = block * _blockSize;
        var end = Math.Min(start + _blockSize, Length);
        var (page, index) = _table.Entry(_tableOffset, Entry(block), EntrySize);
        var entry = LittleEndian.UInt64(page, index);
        return (entry & VhdxFormat.StateMask) switch
        {
            VhdxFormat.FullyPresent => new BlockRun(end, (long)(entry >> VhdxFormat.FileOffsetShift << VhdxFormat.FileOffsetShift) + offset - start),
            VhdxFormat.PartiallyPresent => throw ImageFormatException.Damaged($"A block at {start} is in part in a parent, and there is none."),
            _ => BlockRun.Hole(end),
        };
    }

    /// <remarks>After every chunk of payload blocks the table has the entry of their sector bitmap.</remarks>
    private long Entry(long block) => block + (block / _chunkRatio);

    private static Dictionary<Guid, (long Offset, long Length)> Regions(ImageContent file)
    {
        var table = VhdxFormat.RegionTableOffsets
            .Select(offset => file.Read(offset, VhdxFormat.RegionTableSize))
            .FirstOrDefault(bytes => IsWhole(bytes, VhdxFormat.RegionTableSignature)) ?? throw ImageFormatException.Damaged("Neither region table of the VHDX is whole.");
        var regions = new Dictionary<Guid, (long Offset, long Length)>();
        var count = Math.Min(LittleEndian.UInt32(table, 8), MostRegions);
        for (var index = TableHeaderSize; index < TableHeaderSize + (count * TableEntrySize); index += TableEntrySize)
        {
            regions[LittleEndian.Guid(table, index)] = ((long)LittleEndian.UInt64(table, index + 16), LittleEndian.UInt32(table, index + 24));
        }

        return regions;
    }

    private static (long Offset, long Length) Region(Dictionary<Guid, (long Offset, long Length)> regions, Guid id) =>
        regions.TryGetValue(id, out var region) && region.Offset >= VhdxFormat.Megabyte
            ? region
            : throw ImageFormatException.Damaged("A region of the VHDX is missing.");

    private static Dictionary<Guid, byte[]> Metadata(ImageContent file, (long Offset, long Length) region)
    {
        var table = file.Read(region.Offset, VhdxFormat.MetadataTableSize);
        if (!Is(table, VhdxFormat.MetadataSignature))
        {
            throw ImageFormatException.Damaged("The metadata of the VHDX are damaged.");
        }

        var items = new Dictionary<Guid, byte[]>();
        var count = Math.Min((int)LittleEndian.UInt16(table, 10), MostItems);
        for (var index = MetadataHeaderSize; index < MetadataHeaderSize + (count * TableEntrySize); index += TableEntrySize)
        {
            // All that are wanted are numbers.
            if (LittleEndian.UInt32(table, index + 20) is > 0 and <= 16 and var length)
            {
                items[LittleEndian.Guid(table, index)] = file.Read(region.Offset + LittleEndian.UInt32(table, index + 16), (int)length);
            }
        }

        return items;
    }

    private static byte[] Item(Dictionary<Guid, byte[]> metadata, Guid id, int length) =>
        metadata.TryGetValue(id, out var item) && item.Length >= length
            ? item
            : throw ImageFormatException.Damaged("The metadata of the VHDX lack an item.");

    private static bool IsWhole(byte[] bytes, string signature) =>
        Is(bytes, signature) &&
        LittleEndian.UInt32(bytes, VhdxFormat.ChecksumIndex) == Crc32.Castagnoli.Compute(bytes, bytes.Length, VhdxFormat.ChecksumIndex);

    private static bool Is(byte[] bytes, string signature) => Encoding.ASCII.GetString(bytes, 0, signature.Length) == signature;
}
