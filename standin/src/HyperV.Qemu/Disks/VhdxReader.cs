using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Microsoft.Vhd.PowerShell;

namespace HyperV.Qemu.Disks;

/// <summary>Reads what a VHDX file says of itself.</summary>
internal static class VhdxReader
{
    /// <summary>Whether the file begins as a VHDX does.</summary>
    public static bool Recognizes(Stream file)
        => file.Length >= Vhdx.Megabyte && Vhdx.Read(file, 0, 8).AsSpan().SequenceEqual(Vhdx.FileSignature);

    /// <summary>Reads the headers.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static VirtualDiskInfo Read(Stream file, string path)
    {
        CheckHeaders(file);
        var metadata = Metadata(file, Region(file, Vhdx.MetadataRegion));
        var parameters = metadata[Vhdx.FileParameters];
        var flags = Vhdx.ReadUInt32(parameters, 4);
        var hasParent = (flags & Vhdx.HasParent) != 0;
        var type = (hasParent, flags & Vhdx.LeaveBlocksAllocated) switch
        {
            (true, _) => VhdType.Differencing,
            (false, 0) => VhdType.Dynamic,
            _ => VhdType.Fixed,
        };
        return new VirtualDiskInfo(
            VhdFormat.VHDX,
            type,
            checked((long)Vhdx.ReadUInt64(metadata[Vhdx.VirtualDiskSize], 0)),
            Vhdx.ReadUInt32(parameters, 0),
            Vhdx.ReadUInt32(metadata[Vhdx.LogicalSectorSize], 0),
            Vhdx.ReadUInt32(metadata[Vhdx.PhysicalSectorSize], 0),
            Vhdx.ReadGuid(metadata[Vhdx.VirtualDiskId], 0),
            hasParent ? ParentPath(metadata[Vhdx.ParentLocator], path) : null);
    }

    private static void CheckHeaders(Stream file)
    {
        if (!Array.Exists(Vhdx.HeaderOffsets, offset => IsWhole(Vhdx.Read(file, offset, Vhdx.HeaderSize), Vhdx.HeaderSignature)))
        {
            throw new InvalidDataException("Neither header is whole.");
        }
    }

    private static long Region(Stream file, Guid region)
    {
        foreach (var offset in Vhdx.RegionTableOffsets)
        {
            var table = Vhdx.Read(file, offset, Vhdx.RegionTableSize);
            if (!IsWhole(table, Vhdx.RegionTableSignature))
            {
                continue;
            }

            var count = Math.Min(Vhdx.ReadUInt32(table, 8), 2047);
            for (var index = 0; index < count; index++)
            {
                var entry = 16 + (index * 32);
                if (Vhdx.ReadGuid(table, entry) == region)
                {
                    return checked((long)Vhdx.ReadUInt64(table, entry + 16));
                }
            }
        }

        throw new InvalidDataException($"There is no region {region}.");
    }

    private static Dictionary<Guid, byte[]> Metadata(Stream file, long offset)
    {
        var table = Vhdx.Read(file, offset, Vhdx.MetadataItems);
        if (!table.AsSpan(0, 8).SequenceEqual(Vhdx.MetadataSignature))
        {
            throw new InvalidDataException("The metadata table is damaged.");
        }

        var items = new Dictionary<Guid, byte[]>();
        var count = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(table.AsSpan(10)), (ushort)2047);
        for (var index = 0; index < count; index++)
        {
            var entry = 32 + (index * 32);
            var position = offset + Vhdx.ReadUInt32(table, entry + 16);
            items[Vhdx.ReadGuid(table, entry)] = Vhdx.Read(file, position, checked((int)Vhdx.ReadUInt32(table, entry + 20)));
        }

        return items;
    }

    private static string? ParentPath(byte[] locator, string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(locator.AsSpan(18));
        for (var index = 0; index < count; index++)
        {
            var entry = locator.AsSpan(20 + (index * 12));
            var key = Text(BinaryPrimitives.ReadInt32LittleEndian(entry), BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]));
            values[key] = Text(BinaryPrimitives.ReadInt32LittleEndian(entry[4..]), BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]));
        }

        if (values.TryGetValue("relative_path", out var relative))
        {
            var beside = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, relative.Replace('\\', Path.DirectorySeparatorChar)));
            if (File.Exists(beside))
            {
                return beside;
            }
        }

        return values.GetValueOrDefault("absolute_win32_path");

        string Text(int offset, int length) => Encoding.Unicode.GetString(locator, offset, length);
    }

    private static bool IsWhole(byte[] structure, ReadOnlySpan<byte> signature)
        => structure.AsSpan(0, signature.Length).SequenceEqual(signature) && Vhdx.ReadUInt32(structure, 4) == Vhdx.Checksum(structure);
}
