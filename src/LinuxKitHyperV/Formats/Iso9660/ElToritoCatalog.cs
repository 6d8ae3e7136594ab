using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Iso9660;

/// <summary>What can be booted from an ISO: the El Torito Bootable CD-ROM Format Specification 1.0, and UEFI's addition to it.</summary>
internal static class ElToritoCatalog
{
    private const int EntrySize = 32;
    private const byte ValidationEntry = 1;
    private const byte Bootable = 0x88;
    private const byte SectionHeader = 0x90;
    private const byte LastSectionHeader = 0x91;
    private const byte EfiPlatform = 0xEF;

    /// <summary>Reads the entries of the catalog that can be booted.</summary>
    /// <exception cref="ImageFormatException">The catalog is damaged.</exception>
    public static IReadOnlyList<ElToritoEntry> Read(ImageContent image, uint sector)
    {
        var catalog = image.Read(sector * (long)IsoFormat.SectorSize, IsoFormat.SectorSize);
        if (catalog[0] != ValidationEntry || LittleEndian.UInt16(catalog, 30) != 0xAA55 || Sum(catalog) != 0)
        {
            throw ImageFormatException.Damaged("The boot catalog of the ISO is damaged.");
        }

        var platform = catalog[1];
        var entries = new List<ElToritoEntry>();
        for (var index = EntrySize; index < catalog.Length; index += EntrySize)
        {
            switch (catalog[index])
            {
                case Bootable:
                    entries.Add(new ElToritoEntry(platform == EfiPlatform, LittleEndian.UInt32(catalog, index + 8) * (long)IsoFormat.SectorSize));
                    break;
                case SectionHeader or LastSectionHeader:
                    platform = catalog[index + 1];
                    break;
            }
        }

        return entries;
    }

    // The words of a validation entry add up to zero.
    private static ushort Sum(byte[] catalog) =>
        (ushort)Enumerable.Range(0, EntrySize / 2).Sum(word => LittleEndian.UInt16(catalog, word * 2));
}

/// <summary>Something that can be booted from an ISO.</summary>
/// <param name="IsEfi">Whether UEFI boots it: a FAT file system then; otherwise a BIOS does.</param>
/// <param name="Offset">Where it begins.</param>
internal sealed record ElToritoEntry(bool IsEfi, long Offset);
