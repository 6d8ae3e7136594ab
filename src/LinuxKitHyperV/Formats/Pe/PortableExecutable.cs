using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Pe;

/// <summary>A program that UEFI starts: the PE Format of Microsoft.</summary>
internal sealed class PortableExecutable
{
    private const ushort DosMagic = 0x5A4D;
    private const uint PeSignature = 0x00004550;
    private const int HeaderIndex = 0x3C;
    private const int CoffHeaderSize = 24;
    private const int SectionSize = 40;
    private const int MostSections = 96;
    private const ushort Pe32Plus = 0x020B;
    private const int CertificateTable = 4;
    private const int MostCertificates = 128 * 1024;

    private readonly ImageContent _file;
    private readonly (uint Offset, uint Size) _certificates;
    private readonly List<Section> _sections;

    private PortableExecutable(ImageContent file, ushort machine, (uint Offset, uint Size) certificates, List<Section> sections)
    {
        _file = file;
        Machine = machine;
        _certificates = certificates;
        _sections = sections;
    }

    /// <summary>The type of processor that it is for.</summary>
    public ushort Machine { get; }

    /// <summary>Reads the headers; null where a file is no such program.</summary>
    /// <exception cref="ImageFormatException">They are damaged.</exception>
    public static PortableExecutable? Read(ImageContent file)
    {
        if (file.Length < HeaderIndex + sizeof(uint) || LittleEndian.UInt16(file.Read(0, sizeof(ushort)), 0) != DosMagic)
        {
            return null;
        }

        long start = LittleEndian.UInt32(file.Read(HeaderIndex, sizeof(uint)), 0);
        var coff = file.Read(start, CoffHeaderSize);
        if (LittleEndian.UInt32(coff, 0) != PeSignature)
        {
            return null;
        }

        int optionalSize = LittleEndian.UInt16(coff, 20);
        var optional = file.Read(start + CoffHeaderSize, optionalSize);
        var directory = (optionalSize >= 2 && LittleEndian.UInt16(optional, 0) == Pe32Plus ? 112 : 96) + (CertificateTable * 8);
        var certificates = directory + 8 <= optionalSize ? (LittleEndian.UInt32(optional, directory), LittleEndian.UInt32(optional, directory + 4)) : (0u, 0u);
        var count = Math.Min((int)LittleEndian.UInt16(coff, 6), MostSections);
        var sections = file.Read(start + CoffHeaderSize + optionalSize, count * SectionSize);
        return new PortableExecutable(
            file,
            LittleEndian.UInt16(coff, 4),
            certificates,
            [.. Enumerable.Range(0, count).Select(index => Section.Read(sections, index * SectionSize))]);
    }

    /// <summary>Whether it has a section.</summary>
    public bool Has(string section) => _sections.Any(known => known.Name == section);

    /// <summary>The text in a section; null where there is no such section.</summary>
    public string? Text(string section, int mostBytes) =>
        _sections.FirstOrDefault(known => known.Name == section) is { } found
            ? Encoding.UTF8.GetString(_file.Read(found.Offset, (int)Math.Min(Math.Min(found.VirtualSize, found.Size), (uint)mostBytes))).TrimEnd('\0')
            : null;

    /// <summary>Who signed it; none where nobody did. Whether the signatures are good is for the firmware to find out.</summary>
    public IReadOnlyList<string> Signers() =>
        _certificates.Size is > 0 and <= MostCertificates
            ? AuthenticodeSignature.Signers(_file.Read(_certificates.Offset, (int)_certificates.Size))
            : [];

    private sealed record Section(string Name, uint VirtualSize, uint Offset, uint Size)
    {
        public static Section Read(byte[] bytes, int index) => new(
            Encoding.ASCII.GetString(bytes, index, 8).TrimEnd('\0'),
            LittleEndian.UInt32(bytes, index + 8),
            LittleEndian.UInt32(bytes, index + 20),
            LittleEndian.UInt32(bytes, index + 16));
    }
}
