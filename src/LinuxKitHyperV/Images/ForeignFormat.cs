using System;
using System.Linq;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Images;

/// <summary>Formats of files that are no disk as they are, and that nothing here reads: they are refused by name, where all that is not known counts as a raw disk.</summary>
/// <param name="Name">What such a file is, with its article.</param>
/// <param name="Remedy">What to do with it.</param>
/// <param name="Offset">Where its signature is.</param>
/// <param name="Signature">The signature, a byte for each character.</param>
internal sealed record ForeignFormat(string Name, string Remedy, int Offset, string Signature)
{
    private const string Convert = "Convert it to VHDX first: qemu-img convert -O vhdx reads it.";

    private static readonly ForeignFormat[] All =
    [
        // VirtualBox, VDICore.h: VDI_IMAGE_SIGNATURE.
        new("a VDI of VirtualBox", Convert, 64, "\x7F\x10\xDA\xBE"),

        // QEMU, docs/interop: qed_spec.rst and parallels.rst.
        new("a QED of QEMU", Convert, 0, "QED\0"),
        new("a disk of Parallels", Convert, 0, "WithoutFreeSpace"),
        new("a disk of Parallels", Convert, 0, "WithouFreSpacExt"),

        // POSIX.1-1988: the field magic of ustar, which GNU tar has too.
        new("a tar, as an OVA is", "Unpack it with tar -xf, and give the disk that is in it.", 257, "ustar"),

        // The .xz File Format, 2.1.1.1; RFC 8878, 3.1.1; APPNOTE.TXT of ZIP, 4.3.7; bzip2's format; LZ4 frame format; 7zFormat.txt.
        new("compressed by xz", "Unpack it with xz -d, or on Windows with tar or 7-Zip.", 0, "\u00FD7zXZ\0"),
        new("compressed by Zstandard", "Unpack it with zstd -d.", 0, "\x28\xB5\x2F\xFD"),
        new("a ZIP", "Unpack it with Expand-Archive, and give the disk that is in it.", 0, "PK\x03\x04"),
        new("compressed by bzip2", "Unpack it with bzip2 -d, or on Windows with tar or 7-Zip.", 0, "BZh"),
        new("compressed by LZ4", "Unpack it with lz4 -d.", 0, "\x04\x22\x4D\x18"),
        new("an archive of 7-Zip", "Unpack it with 7-Zip, and give the disk that is in it.", 0, "7z\xBC\xAF\x27\x1C"),
    ];

    /// <summary>What is said of a file of this format.</summary>
    public ImageFormatException Refusal => ImageFormatException.NotSupported($"It is {Name}. {Remedy}");

    /// <summary>The format that a file has; null for none of these.</summary>
    public static ForeignFormat? Of(ImageContent file) => Array.Find(All, format => format.IsOf(file));

    private bool IsOf(ImageContent file) =>
        file.Length >= Offset + Signature.Length && file.Read(Offset, Signature.Length).SequenceEqual(Signature.Select(character => (byte)character));
}
