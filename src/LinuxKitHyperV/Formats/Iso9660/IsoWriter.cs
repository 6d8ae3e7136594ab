using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace LinuxKitHyperV.Formats.Iso9660;

/// <summary>Writes the fields of ISO 9660, in the order in which they stand (ECMA-119, chapters 7 and 8).</summary>
internal sealed class IsoWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>How many bytes have been written.</summary>
    public int Length => _bytes.Count;

    /// <summary>What has been written.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    public IsoWriter Bytes(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Text, and spaces up to a width.</summary>
    public IsoWriter Text(string text, int width) => Bytes(Encoding.ASCII.GetBytes(text.PadRight(width)));

    /// <summary>Zeros up to a length of everything.</summary>
    public IsoWriter ZerosTo(int length) => Bytes(new byte[length - Length]);

    /// <summary>16 bits, in both orders of bytes.</summary>
    public IsoWriter Both16(int value) => Bytes((byte)value, (byte)(value >> 8), (byte)(value >> 8), (byte)value);

    /// <summary>32 bits, in both orders of bytes.</summary>
    public IsoWriter Both32(uint value) => Little32(value).Big32(value);

    /// <summary>16 bits, in one of the orders.</summary>
    public IsoWriter One16(int value, bool isBig) => isBig ? Bytes((byte)(value >> 8), (byte)value) : Bytes((byte)value, (byte)(value >> 8));

    /// <summary>32 bits, in one of the orders.</summary>
    public IsoWriter One32(uint value, bool isBig) => isBig ? Big32(value) : Little32(value);

    /// <summary>A time in a directory record.</summary>
    public IsoWriter ShortTime(DateTime time) =>
        Bytes((byte)(time.Year - 1900), (byte)time.Month, (byte)time.Day, (byte)time.Hour, (byte)time.Minute, (byte)time.Second, 0);

    /// <summary>A time in a volume descriptor; null for one that is not told.</summary>
    public IsoWriter LongTime(DateTime? time) =>
        Text(time?.ToString("yyyyMMddHHmmss00", CultureInfo.InvariantCulture) ?? new string('0', 16), 16).Bytes(0);

    private IsoWriter Little32(uint value) => Bytes((byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24));

    private IsoWriter Big32(uint value) => Bytes((byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value);
}
