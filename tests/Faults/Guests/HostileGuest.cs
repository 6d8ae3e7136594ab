using System;
using System.Text;
using HyperV.Qemu.Testing;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>An operating system that has nothing but bad manners, in the boot sector of a VHD. It says a text on COM 1, and then one of three things happens.</summary>
internal static class HostileGuest
{
    private const int TextAt = 0x40;

    private static readonly byte[] Say =
    [
        0xFA,                   // 00 cli
        0x31, 0xC0,             // 01 xor   ax, ax
        0x8E, 0xD8,             // 03 mov   ds, ax
        0xFC,                   // 05 cld
        0xBE, TextAt, 0x7C,     // 06 mov   si, 7C40h    text:
        0xAC,                   // 09 lodsb              next:
        0x84, 0xC0,             // 0A test  al, al
        0x74, 0x11,             // 0C jz    then
        0x50,                   // 0E push  ax
        0xBA, 0xFD, 0x03,       // 0F mov   dx, 3FDh
        0xEC,                   // 12 in    al, dx
        0xA8, 0x20,             // 13 test  al, 20h
        0x74, 0xFB,             // 15 jz    12h
        0x58,                   // 17 pop   ax
        0xBA, 0xF8, 0x03,       // 18 mov   dx, 3F8h
        0xEE,                   // 1B out   dx, al
        0xEB, 0xEB,             // 1C jmp   next
        0x90,                   // 1E nop
    ];

    /// <summary>Says its text again, without end.</summary>
    public static ReadOnlySpan<byte> Floods =>
    [
        0xEB, 0xE5,             // 1F jmp   text         then:
    ];

    /// <summary>Resets the machine, and so without end.</summary>
    public static ReadOnlySpan<byte> Reboots =>
    [
        0xBA, 0xF9, 0x0C,       // 1F mov   dx, CF9h     then:
        0xB0, 0x06,             // 22 mov   al, 6
        0xEE,                   // 24 out   dx, al
        0xF4,                   // 25 hlt
        0xEB, 0xFD,             // 26 jmp   25h
    ];

    /// <summary>Gives back whatever is typed.</summary>
    public static ReadOnlySpan<byte> Echoes =>
    [
        0xBA, 0xFD, 0x03,       // 1F mov   dx, 3FDh     then:
        0xEC,                   // 22 in    al, dx
        0xA8, 0x01,             // 23 test  al, 1
        0x74, 0xF8,             // 25 jz    then
        0xBA, 0xF8, 0x03,       // 27 mov   dx, 3F8h
        0xEC,                   // 2A in    al, dx
        0xEE,                   // 2B out   dx, al
        0xEB, 0xF1,             // 2C jmp   then
    ];

    /// <summary>Writes its disk.</summary>
    public static void WriteDisk(string path, string text, ReadOnlySpan<byte> then)
    {
        var program = new byte[TextAt + Encoding.Latin1.GetByteCount(text) + 1];
        Say.CopyTo(program, 0);
        then.CopyTo(program.AsSpan(Say.Length));
        Encoding.Latin1.GetBytes(text, program.AsSpan(TextAt));
        TinyGuest.WriteDisk(path, program);
    }
}
