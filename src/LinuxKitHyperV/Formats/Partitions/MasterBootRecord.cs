using System.Collections.Generic;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Partitions;

/// <summary>The first sector of a disk: what a BIOS starts, and four partitions.</summary>
internal sealed class MasterBootRecord
{
    public const int Size = 512;

    private const int CodeSize = 440;
    private const int TableIndex = 446;
    private const int EntrySize = 16;
    private const int EntryCount = 4;
    private const int SignatureIndex = 510;
    private const ushort Signature = 0xAA55;
    private const byte Active = 0x80;
    private const byte Inactive = 0;
    private const byte EfiSystem = 0xEF;
    private const byte Protective = 0xEE;

    private readonly byte[] _bytes;

    private MasterBootRecord(byte[] bytes)
    {
        _bytes = bytes;
    }

    /// <summary>Whether a BIOS finds a program here.</summary>
    public bool HasCode => _bytes.Take(CodeSize).Any(value => value != 0);

    /// <summary>Whether the program is GRUB's, which has GRUB's name in it.</summary>
    public bool IsGrub => Encoding.ASCII.GetString(_bytes, 0, CodeSize).Contains("GRUB");

    /// <summary>Whether it only says that the disk has a GPT.</summary>
    public bool IsProtective => Entries().Any(index => _bytes[index + 4] == Protective);

    public IReadOnlyList<Partition> Partitions =>
    [
        .. Entries()
            .Where(index => _bytes[index + 4] != Protective)
            .Select(index => new Partition(
                LittleEndian.UInt32(_bytes, index + 8) * (long)Size,
                LittleEndian.UInt32(_bytes, index + 12) * (long)Size,
                _bytes[index + 4] == EfiSystem,
                _bytes[index] == Active)),
    ];

    /// <summary>Reads it; null where there is none.</summary>
    public static MasterBootRecord? Read(ImageContent disk)
    {
        if (disk.Length < Size)
        {
            return null;
        }

        var bytes = disk.Read(0, Size);

        // The boot sector of a file system has the signature too, and may have code and text where the table would be.
        return LittleEndian.UInt16(bytes, SignatureIndex) == Signature && Places().All(index => bytes[index] is Active or Inactive) ? new MasterBootRecord(bytes) : null;
    }

    private static IEnumerable<int> Places() => Enumerable.Range(0, EntryCount).Select(entry => TableIndex + (entry * EntrySize));

    private IEnumerable<int> Entries() => Places()
        .Where(index => _bytes[index + 4] != 0 && LittleEndian.UInt32(_bytes, index + 12) != 0);
}
