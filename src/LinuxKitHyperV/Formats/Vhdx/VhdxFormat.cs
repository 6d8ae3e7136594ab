using System;

namespace LinuxKitHyperV.Formats.Vhdx;

/// <summary>The parts of a VHDX file, as [MS-VHDX] names them. All numbers are little-endian.</summary>
internal static class VhdxFormat
{
    public const int Megabyte = 1 << 20;
    public const int HeaderSize = 4 << 10;
    public const int RegionTableSize = 64 << 10;
    public const int MetadataTableSize = 64 << 10;
    public const int ChecksumIndex = 4;

    public const string FileSignature = "vhdxfile";
    public const string HeaderSignature = "head";
    public const string RegionTableSignature = "regi";
    public const string MetadataSignature = "metadata";

    // Of a block allocation table's entry; its upper 44 bits are the place in the file, in megabytes.
    public const ulong StateMask = 7;
    public const ulong FullyPresent = 6;
    public const ulong PartiallyPresent = 7;
    public const int FileOffsetShift = 20;

    // Of the file parameters.
    public const uint IsFixed = 1;
    public const uint HasParent = 2;

    /// <summary>The block size of the disks that are made: the default of 32 MiB wastes space under Linux file systems.</summary>
    public const uint NewBlockSize = 1u << 20;

    /// <summary>The largest disk of the format: 64 TiB.</summary>
    public const long MaximumDiskSize = 64L << 40;

    public static readonly long[] HeaderOffsets = [64 << 10, 128 << 10];
    public static readonly long[] RegionTableOffsets = [192 << 10, 256 << 10];

    public static readonly Guid BlockAllocationTableRegion = new("2DC27766-F623-4200-9D64-115E9BFD4A08");
    public static readonly Guid MetadataRegion = new("8B7CA206-4790-4B9A-B8FE-575F050F886E");

    public static readonly Guid FileParameters = new("CAA16737-FA36-4D43-B3B6-33F0AA44E76B");
    public static readonly Guid VirtualDiskSize = new("2FA54224-CD1B-4876-B211-5DBED83BF4B8");
    public static readonly Guid VirtualDiskId = new("BECA12AB-B2E6-4523-93EF-C309E000C746");
    public static readonly Guid LogicalSectorSize = new("8141BF1D-A96F-4709-BA47-F233A8FAAB5F");
    public static readonly Guid PhysicalSectorSize = new("CDA348C7-445D-4471-9CC9-E9885251C556");

    /// <summary>How many payload blocks share a sector bitmap block: each so many entries, the table has one for the bitmap.</summary>
    public static long ChunkRatio(long blockSize, long logicalSectorSize) => (1L << 23) * logicalSectorSize / blockSize;
}
