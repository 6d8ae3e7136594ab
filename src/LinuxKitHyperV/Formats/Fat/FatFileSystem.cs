using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Fat;

/// <summary>FAT12, FAT16 and FAT32: Microsoft's FAT32 File System Specification 1.03.</summary>
internal sealed class FatFileSystem : BootFileSystem
{
    private const int EntrySize = 32;
    private const int MostEntries = 65536;
    private const int LongNamePart = 13;
    private const int MostNameParts = 20;
    private const byte LongName = 0x0F;
    private const byte VolumeId = 0x08;
    private const byte Folder = 0x10;
    private const byte Deleted = 0xE5;

    private static readonly int[] LongNameCharacters = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

    private readonly FatVolume _volume;

    private FatFileSystem(FatVolume volume)
    {
        _volume = volume;
    }

    /// <summary>The file system of a partition; null where it is no FAT.</summary>
    public static FatFileSystem? Open(ImageContent partition) => FatVolume.Open(partition) is { } volume ? new FatFileSystem(volume) : null;

    /// <inheritdoc/>
    public override ImageContent? Find(string path)
    {
        var entry = FindEntry(path);
        return entry is { IsFolder: false } ? new FatFile(_volume, entry.FirstCluster, entry.Size) : null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> List(string folder) =>
        FindEntry(folder) is { IsFolder: true } found ? [.. Read(found.FirstCluster).Select(entry => entry.Name)] : [];

    private Entry? FindEntry(string path)
    {
        var found = new Entry(string.Empty, true, _volume.RootCluster, 0);
        foreach (var name in path.Split(['/'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!found.IsFolder || Read(found.FirstCluster).FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } next)
            {
                return null;
            }

            found = next;
        }

        return found;
    }

    private IEnumerable<Entry> Read(uint firstCluster)
    {
        var longName = new StringBuilder();
        foreach (var (bytes, index) in _volume.Folder(firstCluster).SelectMany(Entries).Take(MostEntries).TakeWhile(entry => entry.Bytes[entry.Index] != 0))
        {
            var attributes = bytes[index + 11];
            if (bytes[index] == Deleted)
            {
                longName.Clear();
            }
            else if (attributes == LongName)
            {
                // The parts of a long name precede its entry, the last one first.
                longName.Insert(0, LongNameOf(bytes, index));
                longName.Length = Math.Min(longName.Length, LongNamePart * MostNameParts);
            }
            else
            {
                if ((attributes & VolumeId) == 0)
                {
                    var first = ((uint)LittleEndian.UInt16(bytes, index + 20) << 16) | LittleEndian.UInt16(bytes, index + 26);
                    var name = longName.Length > 0 ? longName.ToString() : ShortNameOf(bytes, index);
                    yield return new Entry(name, (attributes & Folder) != 0, first, LittleEndian.UInt32(bytes, index + 28));
                }

                longName.Clear();
            }
        }
    }

    private static IEnumerable<(byte[] Bytes, int Index)> Entries(byte[] cluster) =>
        Enumerable.Range(0, cluster.Length / EntrySize).Select(entry => (cluster, entry * EntrySize));

    private static string LongNameOf(byte[] bytes, int index) => new(
        [.. LongNameCharacters.Select(place => (char)LittleEndian.UInt16(bytes, index + place)).TakeWhile(character => character != '\0')]);

    private static string ShortNameOf(byte[] bytes, int index)
    {
        var name = Encoding.ASCII.GetString(bytes, index, 8).TrimEnd();
        var extension = Encoding.ASCII.GetString(bytes, index + 8, 3).TrimEnd();
        return extension.Length == 0 ? name : $"{name}.{extension}";
    }

    private sealed record Entry(string Name, bool IsFolder, uint FirstCluster, uint Size);
}
