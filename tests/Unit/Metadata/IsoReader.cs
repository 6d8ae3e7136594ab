using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace LinuxKitHyperV.Tests.Metadata;

/// <summary>What is in an ISO 9660 image with Rock Ridge, read as strictly as the standard allows.</summary>
internal sealed class IsoReader
{
    private const int Sector = 2048;

    private readonly byte[] _image;

    /// <summary>Reads an image.</summary>
    public IsoReader(byte[] image)
    {
        _image = image;
        var descriptor = Sectors(16, Sector);
        Assert.Equal("\u0001CD001\u0001", Text(descriptor[..7]));
        Assert.Equal("\u00ffCD001\u0001", Text(Sectors(17, Sector)[..7]));
        Label = Text(descriptor[40..72]).TrimEnd();
        Assert.Equal((uint)(image.Length / Sector), Both32(descriptor[80..]));
        var root = Record(descriptor.AsSpan(156, 34).ToArray());
        ReadFolder(root.Sector, root.Length, string.Empty);
        CheckPathTable(descriptor);
    }

    /// <summary>The volume's label.</summary>
    public string Label { get; }

    /// <summary>Files and folders by their paths; folders have no content.</summary>
    public Dictionary<string, (uint Mode, byte[]? Content)> Entries { get; } = [];

    /// <summary>The first sectors of the folders, in the order in which they were read.</summary>
    private List<uint> Folders { get; } = [];

    /// <summary>Reads an image from a file.</summary>
    public static IsoReader Open(string path) => new(File.ReadAllBytes(path));

    /// <summary>A file's text.</summary>
    public string ReadText(string path) => Encoding.UTF8.GetString(Entries[path].Content!);

    private void ReadFolder(uint sector, uint length, string path)
    {
        Folders.Add(sector);
        Assert.Equal(0u, length % Sector);
        var identifiers = new List<string>();
        var bytes = Sectors(sector, (int)length);
        for (var offset = 0; offset < bytes.Length;)
        {
            int recordLength = bytes[offset];
            if (recordLength == 0)
            {
                // No record goes over the end of a sector: the rest of this one is empty.
                offset = (offset / Sector * Sector) + Sector;
                continue;
            }

            Assert.True((offset % Sector) + recordLength <= Sector);
            Assert.Equal(0, recordLength % 2);
            var record = Record(bytes[offset..(offset + recordLength)]);
            offset += recordLength;
            if (record.Identifier is "\0" or "\u0001")
            {
                continue;
            }

            Assert.Matches(record.IsFolder ? "^[A-Z0-9_]{1,8}$" : @"^[A-Z0-9_]{1,8}\.;1$", record.Identifier);
            identifiers.Add(record.Identifier);
            var name = path + record.Name;
            Assert.Equal(record.IsFolder ? 0x4000u : 0x8000u, record.Mode & 0xF000);
            Entries.Add(name, (record.Mode & 0xFFF, record.IsFolder ? null : Sectors(record.Sector, (int)record.Length)));
            if (record.IsFolder)
            {
                ReadFolder(record.Sector, record.Length, name + "/");
            }
        }

        Assert.Equal(identifiers.Order(StringComparer.Ordinal), identifiers);
        Assert.Equal(identifiers.Distinct(), identifiers);
    }

    private void CheckPathTable(byte[] descriptor)
    {
        var length = (int)Both32(descriptor[132..]);
        var little = Sectors(BinaryPrimitives.ReadUInt32LittleEndian(descriptor.AsSpan(140)), length);
        var big = Sectors(BinaryPrimitives.ReadUInt32BigEndian(descriptor.AsSpan(148)), length);
        var sectors = new List<uint>();
        for (var offset = 0; offset < length; offset += 8 + little[offset] + (little[offset] % 2))
        {
            sectors.Add(BinaryPrimitives.ReadUInt32LittleEndian(little.AsSpan(offset + 2)));
            Assert.Equal(sectors[^1], BinaryPrimitives.ReadUInt32BigEndian(big.AsSpan(offset + 2)));
        }

        Assert.Equal(Folders.Order(), sectors.Order());
    }

    private static (string Identifier, string Name, uint Sector, uint Length, bool IsFolder, uint Mode) Record(byte[] record)
    {
        int identifierLength = record[32];
        var identifier = Text(record[33..(33 + identifierLength)]);
        var (name, mode) = (string.Empty, 0u);
        for (var offset = 33 + identifierLength + ((identifierLength + 1) % 2); offset + 4 <= record.Length && record[offset + 2] > 0; offset += record[offset + 2])
        {
            switch (Text(record[offset..(offset + 2)]))
            {
                case "NM":
                    name = Encoding.UTF8.GetString(record[(offset + 5)..(offset + record[offset + 2])]);
                    break;
                case "PX":
                    mode = Both32(record[(offset + 4)..]);
                    break;
            }
        }

        return (identifier, name, Both32(record[2..]), Both32(record[10..]), (record[25] & 2) != 0, mode);
    }

    private byte[] Sectors(uint sector, int length) => _image[(int)(sector * Sector)..(int)((sector * Sector) + length)];

    private static uint Both32(byte[] bytes)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        Assert.Equal(value, BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4)));
        return value;
    }

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
