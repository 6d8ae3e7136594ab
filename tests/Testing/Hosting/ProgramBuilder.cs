using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Builds programs as UEFI starts them: headers and sections.</summary>
internal static class ProgramBuilder
{
    private const int HeaderOffset = 64;
    private const int OptionalSize = 112 + (16 * 8);
    private const int SectionsOffset = HeaderOffset + 24 + OptionalSize;
    private const int FirstSection = 1024;
    private const int Alignment = 512;

    /// <summary>Builds a program.</summary>
    /// <param name="machine">The type of processor.</param>
    /// <param name="sections">Its sections.</param>
    /// <param name="certificates">Its certificate table.</param>
    public static byte[] Build(ushort machine, Dictionary<string, byte[]> sections, byte[]? certificates = null)
    {
        var content = new List<byte>(new byte[FirstSection]);
        var header = new byte[FirstSection];
        "MZ"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(0x3C), HeaderOffset);
        "PE\0\0"u8.CopyTo(header.AsSpan(HeaderOffset));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(HeaderOffset + 4), machine);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(HeaderOffset + 6), (ushort)sections.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(HeaderOffset + 20), OptionalSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(HeaderOffset + 24), 0x020B);
        foreach (var (index, (name, bytes)) in sections.Index())
        {
            var entry = header.AsSpan(SectionsOffset + (index * 40));
            Encoding.ASCII.GetBytes(name, entry);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], bytes.Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[16..], bytes.Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[20..], content.Count);
            content.AddRange(bytes);
            content.AddRange(new byte[(Alignment - (content.Count % Alignment)) % Alignment]);
        }

        if (certificates is not null)
        {
            var directory = header.AsSpan(HeaderOffset + 24 + 112 + (4 * 8));
            BinaryPrimitives.WriteInt32LittleEndian(directory, content.Count);
            BinaryPrimitives.WriteInt32LittleEndian(directory[4..], certificates.Length);
            content.AddRange(certificates);
        }

        return [.. header, .. content.Skip(FirstSection)];
    }
}
