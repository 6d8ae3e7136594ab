using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Builds FAT12 file systems, with long names.</summary>
internal sealed class FatBuilder
{
    private const int SectorSize = 512;
    private const int TableSectors = 9;
    private const int RootEntries = 64;
    private const int EntrySize = 32;
    private const int DataSector = 1 + (2 * TableSectors) + (RootEntries * EntrySize / SectorSize);

    private static readonly int[] LongNameCharacters = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

    private readonly byte[] _table = new byte[TableSectors * SectorSize];
    private readonly List<byte[]> _clusters = [];

    /// <summary>Builds a file system of files by their paths.</summary>
    public static byte[] Build(Dictionary<string, byte[]> files, string maker = "mkfs.fat")
    {
        var builder = new FatBuilder();
        var root = builder.Folder(files, string.Empty);
        var sectors = DataSector + builder._clusters.Count + 16;
        var boot = new byte[SectorSize];
        boot[0] = 0xEB;
        Encoding.ASCII.GetBytes(maker.PadRight(8), boot.AsSpan(3));
        BinaryPrimitives.WriteUInt16LittleEndian(boot.AsSpan(11), SectorSize);
        boot[13] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(boot.AsSpan(14), 1);
        boot[16] = 2;
        BinaryPrimitives.WriteUInt16LittleEndian(boot.AsSpan(17), RootEntries);
        BinaryPrimitives.WriteUInt16LittleEndian(boot.AsSpan(19), (ushort)sectors);
        BinaryPrimitives.WriteUInt16LittleEndian(boot.AsSpan(22), TableSectors);
        boot[510] = 0x55;
        boot[511] = 0xAA;
        return
        [
            .. boot, .. builder._table, .. builder._table,
            .. root, .. new byte[(RootEntries * EntrySize) - root.Length],
            .. builder._clusters.SelectMany(cluster => cluster), .. new byte[16 * SectorSize],
        ];
    }

    private byte[] Folder(Dictionary<string, byte[]> files, string prefix)
    {
        var entries = new List<byte>();
        var names = files.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).Select(path => path[prefix.Length..].Split('/')[0]).Distinct();
        foreach (var (index, name) in names.Index())
        {
            var isFile = files.TryGetValue(prefix + name, out var content);
            content ??= Folder(files, $"{prefix}{name}/");
            entries.AddRange(LongName(name));
            var entry = new byte[EntrySize];
            Encoding.ASCII.GetBytes($"FILE{index}".PadRight(11), entry);
            entry[11] = (byte)(isFile ? 0x20 : 0x10);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(26), Store(content));
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(28), isFile ? content.Length : 0);
            entries.AddRange(entry);
        }

        return [.. entries];
    }

    private static IEnumerable<byte> LongName(string name)
    {
        var parts = (name.Length + LongNameCharacters.Length) / LongNameCharacters.Length;
        for (var part = parts - 1; part >= 0; part--)
        {
            var entry = new byte[EntrySize];
            entry[0] = (byte)((part + 1) | (part == parts - 1 ? 0x40 : 0));
            entry[11] = 0x0F;
            foreach (var (index, place) in LongNameCharacters.Index())
            {
                var character = (part * LongNameCharacters.Length) + index;
                BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(place), character < name.Length ? name[character] : character == name.Length ? (ushort)0 : (ushort)0xFFFF);
            }

            foreach (var value in entry)
            {
                yield return value;
            }
        }
    }

    private ushort Store(byte[] content)
    {
        var first = _clusters.Count + 2;
        var count = Math.Max(1, (content.Length + SectorSize - 1) / SectorSize);
        for (var index = 0; index < count; index++)
        {
            var cluster = new byte[SectorSize];
            content.AsSpan(index * SectorSize, Math.Min(SectorSize, content.Length - (index * SectorSize))).CopyTo(cluster);
            _clusters.Add(cluster);
            SetEntry(first + index, index == count - 1 ? 0xFFF : first + index + 1);
        }

        return (ushort)first;
    }

    private void SetEntry(int cluster, int next)
    {
        var place = _table.AsSpan(cluster + (cluster / 2));
        var pair = BinaryPrimitives.ReadUInt16LittleEndian(place);
        BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)((cluster & 1) == 0 ? (pair & 0xF000) | next : (pair & 0x000F) | (next << 4)));
    }
}
