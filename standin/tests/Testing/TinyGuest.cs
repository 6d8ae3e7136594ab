using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;

namespace HyperV.Qemu.Testing;

/// <summary>
/// An operating system of a hundred bytes, in the boot sector of a VHD. It listens to the power button, says "&gt;" on COM 1
/// and echoes what it reads there, except <see cref="PowerOff"/>, <see cref="Reboot"/> and <see cref="Flood"/>, which it does.
/// </summary>
public static class TinyGuest
{
    /// <summary>What it says when it is up.</summary>
    public const string Prompt = ">";

    /// <summary>Makes it power itself off.</summary>
    public const string PowerOff = "p";

    /// <summary>Makes it reset the machine.</summary>
    public const string Reboot = "r";

    /// <summary>Makes it send <see cref="Deluge"/>.</summary>
    public const string Flood = "f";

    private const int SectorBytes = 512;
    private const int DiskBytes = 1024 * 1024;

    private static readonly byte[] BootSector =
    [
        0xFA,                   // 00 cli
        0xBA, 0x02, 0x06,       // 01 mov   dx, 602h            PM1_EN
        0xB8, 0x00, 0x01,       // 04 mov   ax, 100h            the power button
        0xEF,                   // 07 out   dx, ax
        0xB0, 0x3E,             // 08 mov   al, '>'
        0xE8, 0x48, 0x00,       // 0A call  put
        0xBA, 0x00, 0x06,       // 0D mov   dx, 600h     next:  PM1_STS
        0xED,                   // 10 in    ax, dx
        0xF6, 0xC4, 0x01,       // 11 test  ah, 1
        0x75, 0x2C,             // 14 jnz   off
        0xBA, 0xFD, 0x03,       // 16 mov   dx, 3FDh
        0xEC,                   // 19 in    al, dx
        0xA8, 0x01,             // 1A test  al, 1
        0x74, 0xEF,             // 1C jz    next
        0xBA, 0xF8, 0x03,       // 1E mov   dx, 3F8h
        0xEC,                   // 21 in    al, dx
        0x3C, 0x70,             // 22 cmp   al, 'p'
        0x74, 0x1C,             // 24 je    off
        0x3C, 0x72,             // 26 cmp   al, 'r'
        0x74, 0x22,             // 28 je    reset
        0x3C, 0x66,             // 2A cmp   al, 'f'
        0x74, 0x05,             // 2C je    flood
        0xE8, 0x24, 0x00,       // 2E call  put
        0xEB, 0xDA,             // 31 jmp   next
        0x31, 0xC9,             // 33 xor   cx, cx       flood:
        0x88, 0xC8,             // 35 mov   al, cl
        0x24, 0x3F,             // 37 and   al, 3Fh
        0x04, 0x30,             // 39 add   al, '0'
        0xE8, 0x17, 0x00,       // 3B call  put
        0xE2, 0xF5,             // 3E loop  35h
        0xEB, 0xCB,             // 40 jmp   next
        0xBA, 0x04, 0x06,       // 42 mov   dx, 604h     off:   PM1_CNT
        0xB8, 0x00, 0x20,       // 45 mov   ax, 2000h           sleep: soft off
        0xEF,                   // 48 out   dx, ax
        0xF4,                   // 49 hlt
        0xEB, 0xFD,             // 4A jmp   49h
        0xBA, 0xF9, 0x0C,       // 4C mov   dx, CF9h     reset:
        0xB0, 0x06,             // 4F mov   al, 6
        0xEE,                   // 51 out   dx, al
        0xF4,                   // 52 hlt
        0xEB, 0xFD,             // 53 jmp   52h
        0x50,                   // 55 push  ax           put:
        0xBA, 0xFD, 0x03,       // 56 mov   dx, 3FDh
        0xEC,                   // 59 in    al, dx
        0xA8, 0x20,             // 5A test  al, 20h
        0x74, 0xFB,             // 5C jz    59h
        0x58,                   // 5E pop   ax
        0xBA, 0xF8, 0x03,       // 5F mov   dx, 3F8h
        0xEE,                   // 62 out   dx, al
        0xC3,                   // 63 ret
    ];

    /// <summary>What <see cref="Flood"/> makes it send: 64 KiB.</summary>
    public static string Deluge { get; } = new([.. Enumerable.Range(0, 1 << 16).Select(sent => (char)('0' + (-sent & 0x3F)))]);

    /// <summary>Writes its disk.</summary>
    public static void WriteDisk(string path) => WriteDisk(path, BootSector);

    /// <summary>Writes a disk that boots another program.</summary>
    public static void WriteDisk(string path, ReadOnlySpan<byte> bootSector)
    {
        var disk = new byte[DiskBytes + SectorBytes];
        bootSector.CopyTo(disk);
        BinaryPrimitives.WriteUInt16BigEndian(disk.AsSpan(SectorBytes - 2), 0x55AA);
        WriteFooter(disk.AsSpan(DiskBytes));
        File.WriteAllBytes(path, disk);
    }

    /// <summary>The footer that makes it a VHD of fixed size.</summary>
    private static void WriteFooter(Span<byte> footer)
    {
        const int Checksum = 64;
        "conectix"u8.CopyTo(footer);
        BinaryPrimitives.WriteUInt32BigEndian(footer[8..], 2);           // features: reserved
        BinaryPrimitives.WriteUInt32BigEndian(footer[12..], 0x00010000); // version
        BinaryPrimitives.WriteUInt64BigEndian(footer[16..], ulong.MaxValue);
        "win "u8.CopyTo(footer[28..]);
        "Wi2k"u8.CopyTo(footer[36..]);
        BinaryPrimitives.WriteUInt64BigEndian(footer[40..], DiskBytes);
        BinaryPrimitives.WriteUInt64BigEndian(footer[48..], DiskBytes);
        BinaryPrimitives.WriteUInt16BigEndian(footer[56..], 30);         // cylinders, heads, sectors
        footer[58] = 4;
        footer[59] = 17;
        BinaryPrimitives.WriteUInt32BigEndian(footer[60..], 2);          // fixed
        var sum = 0u;
        foreach (var value in footer)
        {
            sum += value;
        }

        BinaryPrimitives.WriteUInt32BigEndian(footer[Checksum..], ~sum);
    }
}
