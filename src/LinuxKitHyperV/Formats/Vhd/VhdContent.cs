using System;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Vhd;

/// <summary>The disk in a dynamic VHD.</summary>
internal sealed class VhdContent : MappedContent
{
    private const uint NotAllocated = uint.MaxValue;
    private const int LeastBlock = 4096;
    private const int MostBlock = 256 << 20;

    private readonly BlockTable _table;
    private readonly long _tableOffset;
    private readonly uint _entries;
    private readonly uint _blockSize;

    private VhdContent(ImageContent file, long length, byte[] header)
        : base(file)
    {
        Length = length;
        _table = new BlockTable(file);
        _tableOffset = (long)BigEndian.UInt64(header, VhdFooter.TableOffset);
        _entries = BigEndian.UInt32(header, VhdFooter.MaxTableEntries);
        _blockSize = BigEndian.UInt32(header, VhdFooter.BlockSize);
        if (_blockSize is < LeastBlock or > MostBlock || (_blockSize & (_blockSize - 1)) != 0)
        {
            throw ImageFormatException.Damaged($"Its blocks have {_blockSize} bytes.");
        }

        if (_tableOffset < 0 || _entries < (length + _blockSize - 1) / _blockSize)
        {
            throw ImageFormatException.Damaged("Its block allocation table is too small for the disk.");
        }

        // Before anything is made of it: what was copied only in part mostly lacks its end.
        _table.Entry(_tableOffset, _entries - 1, sizeof(uint));
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>Whether a file is a VHD, by its footer or by the footer's copy at its beginning.</summary>
    public static bool Recognizes(ImageContent file) =>
        BeginsAsDynamic(file) || (file.Length >= VhdFooter.Size && VhdFooter.IsFooter(file.Read(file.Length - VhdFooter.Size, VhdFooter.Size)));

    /// <summary>Whether a file has the copy of the footer with which a VHD begins that is not of fixed size.</summary>
    public static bool BeginsAsDynamic(ImageContent file) =>
        file.Length >= VhdFooter.Size && VhdFooter.HasCookie(file.Read(0, VhdFooter.CookieSize), VhdFooter.Cookie);

    /// <summary>The disk in a VHD.</summary>
    /// <exception cref="ImageFormatException">It cannot be read.</exception>
    public static ImageContent Open(ImageContent file)
    {
        var footer = file.Read(file.Length - VhdFooter.Size, VhdFooter.Size);
        if (!VhdFooter.IsFooter(footer))
        {
            throw ImageFormatException.Truncated("The footer of the VHD is missing.");
        }

        var length = (long)BigEndian.UInt64(footer, VhdFooter.CurrentSize);
        if (length <= 0 || length > VhdFooter.MaximumDiskSize)
        {
            throw ImageFormatException.Damaged($"Its disk has {length} bytes.");
        }

        switch (BigEndian.UInt32(footer, VhdFooter.DiskType))
        {
            case VhdFooter.FixedType when length > file.Length - VhdFooter.Size:
                throw ImageFormatException.Truncated($"Its disk has {length} bytes, and the file {file.Length}.");
            case VhdFooter.FixedType:
                return file.Slice(0, length);
            case VhdFooter.DynamicType:
                var header = file.Read((long)BigEndian.UInt64(footer, VhdFooter.DataOffset), VhdFooter.DynamicHeaderSize);
                return VhdFooter.HasCookie(header, VhdFooter.DynamicCookie) &&
                    BigEndian.UInt32(header, VhdFooter.DynamicChecksum) == VhdFooter.Sum(header, VhdFooter.DynamicChecksum)
                    ? new VhdContent(file, length, header)
                    : throw ImageFormatException.Damaged("The dynamic header of the VHD is damaged.");
            case VhdFooter.DifferencingType:
                throw ImageFormatException.NotSupported("It is a differencing disk: what it lacks is in its parent. Merge the two with Merge-VHD first.");
            case var type:
                throw ImageFormatException.Damaged($"The VHD is of the unknown type {type}.");
        }
    }

    /// <summary>What the footer of a VHD, and its dynamic header, say of its disk.</summary>
    /// <exception cref="ImageFormatException">They are damaged.</exception>
    public static VirtualDiskHeader Header(ImageContent file)
    {
        var footer = file.Read(file.Length - VhdFooter.Size, VhdFooter.Size);
        if (!VhdFooter.IsFooter(footer))
        {
            throw ImageFormatException.Truncated("The footer of the VHD is missing.");
        }

        var type = (VirtualDiskType)BigEndian.UInt32(footer, VhdFooter.DiskType);
        return new VirtualDiskHeader("VHD", BigEndian.Guid(footer, VhdFooter.UniqueId))
        {
            Type = type,
            SizeBytes = (long)BigEndian.UInt64(footer, VhdFooter.CurrentSize),
            BlockSizeBytes = type == VirtualDiskType.Fixed ? 0 : BigEndian.UInt32(file.Read((long)BigEndian.UInt64(footer, VhdFooter.DataOffset), VhdFooter.DynamicHeaderSize), VhdFooter.BlockSize),
            LogicalSectorBytes = VhdFooter.SectorSize,
            PhysicalSectorBytes = VhdFooter.SectorSize,
        };
    }

    /// <inheritdoc/>
    protected override BlockRun Locate(long offset)
    {
        var block = offset / _blockSize;
        var start = block * _blockSize;
        var end = Math.Min(start + _blockSize, Length);
        var (page, index) = _table.Entry(_tableOffset, block, sizeof(uint));
        var sector = BigEndian.UInt32(page, index);
        return sector == NotAllocated ? BlockRun.Hole(end) : new BlockRun(end, (sector * (long)VhdFooter.SectorSize) + BitmapSize() + offset - start);
    }

    /// <remarks>
    /// The bitmap before each block says which sectors were written. It is not looked at: writers set all of it, or
    /// leave zeros where nothing was written, and QEMU does not look at it either.
    /// </remarks>
    private long BitmapSize()
    {
        var bits = _blockSize / VhdFooter.SectorSize;
        return ((bits / 8) + VhdFooter.SectorSize - 1) / VhdFooter.SectorSize * VhdFooter.SectorSize;
    }
}
