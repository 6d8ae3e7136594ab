using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Iso9660;

/// <summary>ISO 9660 (ECMA-119) with the names of Rock Ridge (IEEE P1282) or Joliet, where it has them.</summary>
internal sealed class Iso9660FileSystem : BootFileSystem
{
    private const int MostDescriptors = 64;
    private const string ElTorito = "EL TORITO SPECIFICATION";

    private const int LeastRecordSize = 34;
    private const int MostFolderSize = 1 << 20;

    private readonly ImageContent _image;
    private readonly Entry _root;
    private readonly bool _isJoliet;

    private Iso9660FileSystem(ImageContent image, byte[] descriptor, bool isJoliet, uint? bootCatalogSector)
    {
        _image = image;
        _isJoliet = isJoliet;
        _root = new Entry(string.Empty, true, LittleEndian.UInt32(descriptor, IsoFormat.RootRecord + 2), LittleEndian.UInt32(descriptor, IsoFormat.RootRecord + 10));
        VolumeSize = LittleEndian.UInt32(descriptor, 80) * (long)IsoFormat.SectorSize;
        BootCatalogSector = bootCatalogSector;
    }

    /// <summary>The size of the volume in bytes.</summary>
    public long VolumeSize { get; }

    /// <summary>The sector of El Torito's boot catalog; null where there is none.</summary>
    public uint? BootCatalogSector { get; }

    /// <summary>Whether a file is an ISO.</summary>
    public static bool Recognizes(ImageContent image) =>
        image.Length >= (IsoFormat.FirstDescriptor * IsoFormat.SectorSize) + 6 &&
        Encoding.ASCII.GetString(image.Read((IsoFormat.FirstDescriptor * IsoFormat.SectorSize) + 1, IsoFormat.Identifier.Length)) == IsoFormat.Identifier;

    /// <summary>The file system of an ISO.</summary>
    /// <exception cref="ImageFormatException">It is damaged.</exception>
    public static Iso9660FileSystem Open(ImageContent image)
    {
        byte[]? primary = null, joliet = null;
        uint? catalog = null;
        for (var sector = IsoFormat.FirstDescriptor; sector < IsoFormat.FirstDescriptor + MostDescriptors; sector++)
        {
            var descriptor = image.Read(sector * (long)IsoFormat.SectorSize, IsoFormat.SectorSize);
            if (Encoding.ASCII.GetString(descriptor, 1, IsoFormat.Identifier.Length) != IsoFormat.Identifier || descriptor[0] == IsoFormat.Terminator)
            {
                break;
            }

            switch (descriptor[0])
            {
                case IsoFormat.BootRecord when Encoding.ASCII.GetString(descriptor, 7, ElTorito.Length) == ElTorito:
                    catalog = LittleEndian.UInt32(descriptor, 71);
                    break;
                case IsoFormat.PrimaryDescriptor:
                    primary ??= descriptor;
                    break;
                case IsoFormat.SupplementaryDescriptor when descriptor[88] == '%' && descriptor[89] == '/' && descriptor[90] is (byte)'@' or (byte)'C' or (byte)'E':
                    joliet ??= descriptor;
                    break;
            }
        }

        var plain = new Iso9660FileSystem(image, primary ?? throw ImageFormatException.Damaged("The ISO has no primary volume descriptor."), false, catalog);
        return joliet is null || plain.HasRockRidge() ? plain : new Iso9660FileSystem(image, joliet, true, catalog);
    }

    /// <inheritdoc/>
    public override ImageContent? Find(string path) => FindEntry(path) is { IsFolder: false } file ? _image.Slice(file.Sector * (long)IsoFormat.SectorSize, file.Size) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> List(string folder) =>
        FindEntry(folder) is { IsFolder: true } found ? [.. Read(found).Select(entry => entry.Name)] : [];

    private Entry? FindEntry(string path)
    {
        var found = _root;
        foreach (var name in path.Split(['/'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!found.IsFolder || Read(found).FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } next)
            {
                return null;
            }

            found = next;
        }

        return found;
    }

    // The first record of the root says so in its system use area, whose first field is SP then.
    private bool HasRockRidge()
    {
        var folder = Records(_root).FirstOrDefault();
        return folder.Length > LeastRecordSize + 1 && folder.Bytes[folder.Index + LeastRecordSize] == 'S' && folder.Bytes[folder.Index + LeastRecordSize + 1] == 'P';
    }

    private IEnumerable<Entry> Read(Entry folder)
    {
        foreach (var (bytes, index, length) in Records(folder))
        {
            int nameLength = bytes[index + 32];
            var isSelfOrParent = nameLength == 1 && bytes[index + 33] <= 1;
            if (isSelfOrParent || nameLength > length - 33)
            {
                continue;
            }

            var name = _isJoliet
                ? Encoding.BigEndianUnicode.GetString(bytes, index + 33, nameLength)
                : RockRidgeName(bytes, index + 33 + nameLength + ((nameLength & 1) ^ 1), index + length) ?? Encoding.ASCII.GetString(bytes, index + 33, nameLength);
            yield return new Entry(
                WithoutVersion(name),
                (bytes[index + 25] & IsoFormat.FolderFlag) != 0,
                LittleEndian.UInt32(bytes, index + 2),
                LittleEndian.UInt32(bytes, index + 10));
        }
    }

    private IEnumerable<(byte[] Bytes, int Index, int Length)> Records(Entry folder)
    {
        if (folder.Size > MostFolderSize)
        {
            throw ImageFormatException.Damaged($"A folder of the ISO has {folder.Size} bytes.");
        }

        for (var offset = 0L; offset < folder.Size; offset += IsoFormat.SectorSize)
        {
            var sector = _image.Read((folder.Sector * (long)IsoFormat.SectorSize) + offset, IsoFormat.SectorSize);

            // No record crosses the end of a sector: zeros fill what is left of it.
            for (var index = 0; index + LeastRecordSize <= IsoFormat.SectorSize && sector[index] >= LeastRecordSize && index + sector[index] <= IsoFormat.SectorSize; index += sector[index])
            {
                yield return (sector, index, sector[index]);
            }
        }
    }

    private static string? RockRidgeName(byte[] bytes, int index, int end)
    {
        StringBuilder? name = null;
        for (; index + 4 <= end && bytes[index + 2] >= 4 && index + bytes[index + 2] <= end; index += bytes[index + 2])
        {
            if (bytes[index] == 'N' && bytes[index + 1] == 'M' && bytes[index + 2] > 5)
            {
                name ??= new StringBuilder();
                name.Append(Encoding.UTF8.GetString(bytes, index + 5, bytes[index + 2] - 5));
            }
        }

        return name?.ToString();
    }

    // "GRUB.CFG;1", and "KERNEL." for what has no extension.
    private static string WithoutVersion(string name)
    {
        var semicolon = name.IndexOf(';');
        return semicolon < 0 ? name : name.Substring(0, semicolon).TrimEnd('.');
    }

    private sealed record Entry(string Name, bool IsFolder, uint Sector, uint Size);
}
