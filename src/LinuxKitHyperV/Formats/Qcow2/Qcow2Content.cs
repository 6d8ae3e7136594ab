using System;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Qcow2;

/// <summary>The disk in a qcow2 file of version 2 or 3: QEMU's docs/interop/qcow2.txt. All numbers are big-endian.</summary>
internal sealed class Qcow2Content : MappedContent
{
    private const uint Magic = 0x514649FB;
    private const int HeaderSize = 72;
    private const int LongHeaderSize = 104;
    private const int LeastClusterBits = 9;
    private const int MostClusterBits = 21;
    private const int EntrySize = sizeof(ulong);
    private const int CompressionSectorSize = 512;
    private const long MostLength = 1L << 50;

    // Incompatible features.
    private const ulong Corrupt = 1 << 1;
    private const ulong ExternalData = 1 << 2;
    private const ulong CompressionType = 1 << 3;
    private const ulong ExtendedL2 = 1 << 4;
    private const ulong Known = 0x1F;

    // Entries of the tables.
    private const ulong OffsetMask = 0x00FFFFFFFFFFFE00;
    private const ulong Compressed = 1UL << 62;
    private const ulong ReadsAsZeros = 1;

    private readonly BlockTable _l1;
    private readonly BlockTable _l2;
    private readonly long _l1Offset;
    private readonly uint _l1Size;
    private readonly int _clusterBits;
    private readonly bool _hasZeroClusters;

    private Qcow2Content(ImageContent file, byte[] header, int version, int clusterBits)
        : base(file, 1 << clusterBits)
    {
        _l1 = new BlockTable(file);
        _l2 = new BlockTable(file);
        _clusterBits = clusterBits;
        _hasZeroClusters = version >= 3;
        Length = (long)BigEndian.UInt64(header, 24);
        _l1Size = BigEndian.UInt32(header, 36);
        _l1Offset = (long)BigEndian.UInt64(header, 40);
        if (Length is < 0 or > MostLength)
        {
            throw ImageFormatException.Damaged($"Its disk has {Length} bytes.");
        }

        if (_l1Offset < 0 || _l1Size < (Length + BytesOfTable - 1) / BytesOfTable)
        {
            throw ImageFormatException.Damaged("Its L1 table is too small for the disk.");
        }

        if (_l1Size > 0)
        {
            _l1.Entry(_l1Offset, _l1Size - 1, EntrySize);
        }
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>How many bytes of the disk an L2 table is for.</summary>
    private long BytesOfTable => 1L << (_clusterBits + _clusterBits - 3);

    /// <summary>Whether a file is a qcow2.</summary>
    public static bool Recognizes(ImageContent file) => file.Length >= sizeof(uint) && BigEndian.UInt32(file.Read(0, sizeof(uint)), 0) == Magic;

    /// <summary>The disk in a qcow2 file.</summary>
    /// <exception cref="ImageFormatException">It cannot be read.</exception>
    public static Qcow2Content Open(ImageContent file)
    {
        var header = file.Read(0, HeaderSize);
        var version = BigEndian.UInt32(header, 4);
        if (version is not (2 or 3))
        {
            throw ImageFormatException.NotSupported($"It is a qcow file of version {version}; 2 and 3 are known.");
        }

        if (BigEndian.UInt64(header, 8) != 0)
        {
            throw ImageFormatException.NotSupported("It is based on another file: what it lacks is there. Make one file of the two with qemu-img convert first.");
        }

        if (BigEndian.UInt32(header, 32) != 0)
        {
            throw ImageFormatException.NotSupported("It is encrypted. Decrypt it with qemu-img convert first.");
        }

        if (version == 3)
        {
            CheckFeatures(file);
        }

        var clusterBits = BigEndian.UInt32(header, 20);
        return clusterBits is >= LeastClusterBits and <= MostClusterBits
            ? new Qcow2Content(file, header, (int)version, (int)clusterBits)
            : throw ImageFormatException.Damaged($"Its clusters have 2^{clusterBits} bytes.");
    }

    /// <inheritdoc/>
    protected override BlockRun Locate(long offset)
    {
        var (l1, l1Index) = _l1.Entry(_l1Offset, offset / BytesOfTable, EntrySize);
        var l2Offset = (long)(BigEndian.UInt64(l1, l1Index) & OffsetMask);
        if (l2Offset == 0)
        {
            return BlockRun.Hole(Math.Min(offset - (offset % BytesOfTable) + BytesOfTable, Length));
        }

        var clusterSize = 1L << _clusterBits;
        var start = offset / clusterSize * clusterSize;
        var end = Math.Min(start + clusterSize, Length);
        var (l2, l2Index) = _l2.Entry(l2Offset, offset % BytesOfTable / clusterSize, EntrySize);
        var entry = BigEndian.UInt64(l2, l2Index);
        if ((entry & Compressed) != 0)
        {
            return CompressedRun(entry, end);
        }

        var cluster = (long)(entry & OffsetMask);
        return cluster == 0 || (_hasZeroClusters && (entry & ReadsAsZeros) != 0)
            ? BlockRun.Hole(end)
            : new BlockRun(end, cluster + offset - start);
    }

    /// <remarks>How the entry is divided between the place and the number of sectors depends on the clusters' size.</remarks>
    private BlockRun CompressedRun(ulong entry, long end)
    {
        var offsetBits = 62 - (_clusterBits - 8);
        var place = (long)(entry & ((1UL << offsetBits) - 1));
        var sectors = (int)((entry & (Compressed - 1)) >> offsetBits) + 1;
        return new BlockRun(end, place, (sectors * CompressionSectorSize) - (int)(place % CompressionSectorSize));
    }

    private static void CheckFeatures(ImageContent file)
    {
        var header = file.Read(0, LongHeaderSize);
        var features = BigEndian.UInt64(header, 72);
        if ((features & Corrupt) != 0)
        {
            throw ImageFormatException.Damaged("QEMU has marked it as corrupt. Repair it with qemu-img check -r all.");
        }

        if ((features & ExternalData) != 0)
        {
            throw ImageFormatException.NotSupported("Its data are in another file. Make one file of the two with qemu-img convert first.");
        }

        if ((features & CompressionType) != 0)
        {
            throw ImageFormatException.NotSupported("Its clusters are compressed with zstd; deflate is known. Convert it with qemu-img convert first.");
        }

        if ((features & ExtendedL2) != 0 || (features & ~Known) != 0)
        {
            throw ImageFormatException.NotSupported($"It uses features of qcow2 that are not known here (0x{features:x}). Convert it with qemu-img convert first.");
        }
    }
}
