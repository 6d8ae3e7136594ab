using System;
using System.Buffers.Binary;
using System.IO;
using System.Numerics;

namespace HyperV.Qemu.Disks;

/// <summary>The parts of a VHDX file that its writer and its reader have in common.</summary>
/// <remarks>Names as in [MS-VHDX].</remarks>
internal static class Vhdx
{
    public const int Megabyte = 1 << 20;
    public const int HeaderSize = 4 << 10;
    public const int RegionTableSize = 64 << 10;
    public const int MetadataItems = 64 << 10;

    public const uint LeaveBlocksAllocated = 1;
    public const uint HasParent = 2;

    public static ReadOnlySpan<byte> FileSignature => "vhdxfile"u8;

    public static ReadOnlySpan<byte> HeaderSignature => "head"u8;

    public static ReadOnlySpan<byte> RegionTableSignature => "regi"u8;

    public static ReadOnlySpan<byte> MetadataSignature => "metadata"u8;

    public static readonly long[] HeaderOffsets = [64 << 10, 128 << 10];
    public static readonly long[] RegionTableOffsets = [192 << 10, 256 << 10];

    public static readonly Guid BlockAllocationTable = new("2DC27766-F623-4200-9D64-115E9BFD4A08");
    public static readonly Guid MetadataRegion = new("8B7CA206-4790-4B9A-B8FE-575F050F886E");

    public static readonly Guid FileParameters = new("CAA16737-FA36-4D43-B3B6-33F0AA44E76B");
    public static readonly Guid VirtualDiskSize = new("2FA54224-CD1B-4876-B211-5DBED83BF4B8");
    public static readonly Guid VirtualDiskId = new("BECA12AB-B2E6-4523-93EF-C309E000C746");
    public static readonly Guid LogicalSectorSize = new("8141BF1D-A96F-4709-BA47-F233A8FAAB5F");
    public static readonly Guid PhysicalSectorSize = new("CDA348C7-445D-4471-9CC9-E9885251C556");
    public static readonly Guid ParentLocator = new("A8D35F2D-B30B-454D-ABF7-D3D84834AB0C");

    /// <summary>A header's or a region table's checksum: CRC-32C, its own field taken as zero.</summary>
    public static uint Checksum(ReadOnlySpan<byte> structure)
    {
        const int Field = 4;
        var crc = uint.MaxValue;
        for (var index = 0; index < structure.Length; index++)
        {
            crc = BitOperations.Crc32C(crc, index is >= Field and < Field + sizeof(uint) ? (byte)0 : structure[index]);
        }

        return ~crc;
    }

    /// <summary>Reads a part of the file.</summary>
    public static byte[] Read(Stream file, long offset, int length)
    {
        var bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads an id.</summary>
    public static Guid ReadGuid(ReadOnlySpan<byte> bytes, int offset) => new(bytes.Slice(offset, 16));

    /// <summary>Reads a number.</summary>
    public static uint ReadUInt32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    /// <summary>Reads a number.</summary>
    public static ulong ReadUInt64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);
}
