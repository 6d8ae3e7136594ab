using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Builds ISOs with Rock Ridge names and a boot catalog.</summary>
internal sealed class IsoBuilder
{
    private const int SectorSize = 2048;
    private const int CatalogSector = 19;
    private const int FirstFree = 20;

    private readonly List<byte[]> _sectors = [];

    /// <summary>Builds an ISO of files by their paths.</summary>
    /// <param name="files">The files.</param>
    /// <param name="efi">What UEFI boots.</param>
    /// <param name="bios">What a BIOS boots.</param>
    public static byte[] Build(Dictionary<string, byte[]> files, byte[]? efi = null, byte[]? bios = null)
    {
        var builder = new IsoBuilder();
        var catalog = Catalog(bios is null ? null : builder.Store(bios), efi is null ? null : builder.Store(efi));
        var root = builder.Folder(files, string.Empty, isRoot: true);
        var primary = Descriptor(1);
        var rootSector = builder.Store(root);
        Record(".", rootSector, root.Length, isFolder: true, []).CopyTo(primary, 156);
        BinaryPrimitives.WriteInt32LittleEndian(primary.AsSpan(80), FirstFree + builder._sectors.Count);
        var boot = Descriptor(0);
        "EL TORITO SPECIFICATION"u8.CopyTo(boot.AsSpan(7));
        BinaryPrimitives.WriteInt32LittleEndian(boot.AsSpan(71), CatalogSector);
        return [.. new byte[16 * SectorSize], .. primary, .. boot, .. Descriptor(255), .. catalog, .. builder._sectors.SelectMany(sector => sector)];
    }

    private static byte[] Descriptor(byte type)
    {
        var descriptor = new byte[SectorSize];
        descriptor[0] = type;
        "CD001"u8.CopyTo(descriptor.AsSpan(1));
        descriptor[6] = 1;
        return descriptor;
    }

    private static byte[] Catalog(int? bios, int? efi)
    {
        var catalog = new byte[SectorSize];
        catalog[0] = 1;
        catalog[1] = (byte)(bios is null ? 0xEF : 0);
        catalog[30] = 0x55;
        catalog[31] = 0xAA;
        var sum = Enumerable.Range(0, 16).Sum(word => BinaryPrimitives.ReadUInt16LittleEndian(catalog.AsSpan(word * 2)));
        BinaryPrimitives.WriteUInt16LittleEndian(catalog.AsSpan(28), (ushort)-sum);
        var index = 32;
        Entry(bios);
        if (bios is not null && efi is not null)
        {
            catalog[index] = 0x91;
            catalog[index + 1] = 0xEF;
            catalog[index + 2] = 1;
            index += 32;
        }

        Entry(efi);
        return catalog;

        void Entry(int? sector)
        {
            if (sector is { } number)
            {
                catalog[index] = 0x88;
                BinaryPrimitives.WriteInt32LittleEndian(catalog.AsSpan(index + 8), number);
                index += 32;
            }
        }
    }

    private byte[] Folder(Dictionary<string, byte[]> files, string prefix, bool isRoot = false)
    {
        var records = new List<byte[]> { Record("\0", 0, SectorSize, isFolder: true, isRoot ? [(byte)'S', (byte)'P', 7, 1, 0xBE, 0xEF, 0] : []), Record("\u0001", 0, SectorSize, isFolder: true, []) };
        foreach (var (index, name) in files.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).Select(path => path[prefix.Length..].Split('/')[0]).Distinct().Index())
        {
            var isFile = files.TryGetValue(prefix + name, out var content);
            content ??= Folder(files, $"{prefix}{name}/");
            records.Add(Record(
                isFile ? $"FILE{index}.;1" : $"FOLDER{index}",
                Store(content),
                content.Length,
                !isFile,
                [(byte)'N', (byte)'M', (byte)(5 + name.Length), 1, 0, .. Encoding.ASCII.GetBytes(name)]));
        }

        var bytes = records.SelectMany(record => record).ToArray();
        return bytes.Length <= SectorSize
            ? [.. bytes, .. new byte[SectorSize - bytes.Length]]
            : throw new InvalidOperationException("A folder fits into a sector here.");
    }

    private static byte[] Record(string name, int sector, int length, bool isFolder, byte[] systemUse)
    {
        var padding = (name.Length & 1) == 0 ? 1 : 0;
        var record = new byte[(33 + name.Length + padding + systemUse.Length + 1) / 2 * 2];
        record[0] = (byte)record.Length;
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(2), sector);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(10), length);
        record[25] = (byte)(isFolder ? 2 : 0);
        record[32] = (byte)name.Length;
        Encoding.ASCII.GetBytes(name, record.AsSpan(33));
        systemUse.CopyTo(record, 33 + name.Length + padding);
        return record;
    }

    private int Store(byte[] content)
    {
        var sector = FirstFree + _sectors.Count;
        for (var index = 0; index == 0 || index < content.Length; index += SectorSize)
        {
            var bytes = new byte[SectorSize];
            content.AsSpan(index, Math.Min(SectorSize, content.Length - index)).CopyTo(bytes);
            _sectors.Add(bytes);
        }

        return sector;
    }
}
