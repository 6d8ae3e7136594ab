using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Vmdk;

/// <summary>
/// The disk in a VMDK of one file, monolithicSparse or streamOptimized: VMware's Virtual Disk Format 5.0. All numbers are
/// little-endian and count sectors.
/// </summary>
internal sealed class VmdkContent : MappedContent
{
    private const uint Magic = 0x564D444B;
    private const int SectorSize = 512;
    private const int MostDescriptorSize = 64 * 1024;
    private const int MostGrainSize = 2 << 20;
    private const uint MostEntriesOfTable = 512;
    private const long MostLength = 1L << 50;
    private const int GrainMarkerSize = 12;
    private const int ZlibHeaderSize = 2;
    private const int EntrySize = sizeof(uint);

    private const uint HasZeroGrains = 1 << 2;
    private const uint IsCompressed = 1 << 16;
    private const uint ZeroGrain = 1;

    private const string DescriptorStart = "# Disk DescriptorFile";
    private const string NoParent = "ffffffff";

    private static readonly string[] KnownTypes = ["monolithicSparse", "streamOptimized"];

    private readonly BlockTable _directory;
    private readonly BlockTable _tables;
    private readonly long _directoryOffset;
    private readonly long _grainSize;
    private readonly uint _entriesOfTable;
    private readonly uint _flags;

    private VmdkContent(ImageContent file, byte[] header, long grainSize)
        : base(file, (LittleEndian.UInt32(header, 8) & IsCompressed) != 0 ? (int)grainSize : 0)
    {
        _directory = new BlockTable(file);
        _tables = new BlockTable(file);
        _grainSize = grainSize;
        _flags = LittleEndian.UInt32(header, 8);
        _entriesOfTable = LittleEndian.UInt32(header, 44);
        _directoryOffset = Bytes(LittleEndian.UInt64(header, 56));
        Length = Bytes(LittleEndian.UInt64(header, 12));
        if (_entriesOfTable is 0 or > MostEntriesOfTable)
        {
            throw ImageFormatException.Damaged($"Its grain tables have {_entriesOfTable} entries.");
        }

        if (Length > 0)
        {
            _directory.Entry(_directoryOffset, (Length - 1) / BytesOfTable, EntrySize);
        }
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>How many bytes of the disk a grain table is for.</summary>
    private long BytesOfTable => _grainSize * _entriesOfTable;

    /// <summary>Whether a file is a VMDK, or the text that describes one.</summary>
    public static bool Recognizes(ImageContent file)
    {
        var start = file.Read(0, (int)Math.Min(file.Length, DescriptorStart.Length));
        return start.Length == DescriptorStart.Length &&
            (LittleEndian.UInt32(start, 0) == Magic || Encoding.ASCII.GetString(start) == DescriptorStart);
    }

    /// <summary>The disk in a VMDK.</summary>
    /// <exception cref="ImageFormatException">It cannot be read.</exception>
    public static VmdkContent Open(ImageContent file)
    {
        if (LittleEndian.UInt32(file.Read(0, sizeof(uint)), 0) != Magic)
        {
            throw ImageFormatException.NotSupported("It only describes a disk whose data are in other files. Make one file of them with qemu-img convert first.");
        }

        var header = file.Read(0, SectorSize);
        var version = LittleEndian.UInt32(header, 4);
        if (version is not (>= 1 and <= 3))
        {
            throw ImageFormatException.NotSupported($"It is a VMDK of version {version}; 1 to 3 are known.");
        }

        CheckDescriptor(file, header);
        if (LittleEndian.UInt64(header, 56) == ulong.MaxValue)
        {
            header = Footer(file);
        }

        if ((LittleEndian.UInt32(header, 8) & IsCompressed) != 0 && LittleEndian.UInt16(header, 77) != 1)
        {
            throw ImageFormatException.NotSupported("It is compressed in a way that is not known here.");
        }

        var grainSize = LittleEndian.UInt64(header, 20);
        return grainSize is > 0 and <= MostGrainSize / SectorSize && (grainSize & (grainSize - 1)) == 0
            ? new VmdkContent(file, header, (long)grainSize * SectorSize)
            : throw ImageFormatException.Damaged($"Its grains have {grainSize} sectors.");
    }

    /// <inheritdoc/>
    protected override BlockRun Locate(long offset)
    {
        var (directory, directoryIndex) = _directory.Entry(_directoryOffset, offset / BytesOfTable, EntrySize);
        var table = LittleEndian.UInt32(directory, directoryIndex) * (long)SectorSize;
        if (table == 0)
        {
            return BlockRun.Hole(Math.Min(offset - (offset % BytesOfTable) + BytesOfTable, Length));
        }

        var start = offset / _grainSize * _grainSize;
        var end = Math.Min(start + _grainSize, Length);
        var (entries, index) = _tables.Entry(table, offset % BytesOfTable / _grainSize, EntrySize);
        var entry = LittleEndian.UInt32(entries, index);
        if (entry == 0 || (entry == ZeroGrain && (_flags & HasZeroGrains) != 0))
        {
            return BlockRun.Hole(end);
        }

        return (_flags & IsCompressed) == 0
            ? new BlockRun(end, (entry * (long)SectorSize) + offset - start)
            : CompressedRun(entry * (long)SectorSize, end);
    }

    private BlockRun CompressedRun(long marker, long end)
    {
        var length = LittleEndian.UInt32(File.Read(marker, GrainMarkerSize), sizeof(ulong));
        return length > ZlibHeaderSize && length <= 2 * _grainSize
            ? new BlockRun(end, marker + GrainMarkerSize + ZlibHeaderSize, (int)length - ZlibHeaderSize)
            : throw ImageFormatException.Damaged($"The compressed grain at {marker} has {length} bytes.");
    }

    /// <remarks>What is written as a stream knows only at its end where its directory is. There its header is repeated.</remarks>
    private static byte[] Footer(ImageContent file)
    {
        var footer = file.Length >= 3 * SectorSize ? file.Read(file.Length - (2 * SectorSize), SectorSize) : [];
        return footer.Length > 0 && LittleEndian.UInt32(footer, 0) == Magic
            ? footer
            : throw ImageFormatException.Truncated("The footer of the VMDK is missing.");
    }

    private static void CheckDescriptor(ImageContent file, byte[] header)
    {
        var size = Bytes(LittleEndian.UInt64(header, 36));
        if (size is 0 or > MostDescriptorSize)
        {
            throw ImageFormatException.NotSupported("It lacks its description: it is one of several files of a disk. Make one file of them with qemu-img convert first.");
        }

        var text = Encoding.ASCII.GetString(file.Read(Bytes(LittleEndian.UInt64(header, 28)), (int)size));
        var type = Value(text, "createType");
        if (!KnownTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            throw ImageFormatException.NotSupported($"It is a VMDK of the type '{type}'; {string.Join(" and ", KnownTypes)} are known. Convert it with qemu-img convert first.");
        }

        if (!Value(text, "parentCID").Equals(NoParent, StringComparison.OrdinalIgnoreCase))
        {
            throw ImageFormatException.NotSupported("It is based on another file: what it lacks is there. Make one file of the two with qemu-img convert first.");
        }
    }

    private static string Value(string text, string name) =>
        Regex.Match(text, $@"^\s*{name}\s*=\s*""?(?<value>\w*)", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant).Groups["value"].Value;

    private static long Bytes(ulong sectors) => sectors <= MostLength / SectorSize
        ? (long)sectors * SectorSize
        : throw ImageFormatException.Damaged($"It refers to the sector {sectors}.");
}
