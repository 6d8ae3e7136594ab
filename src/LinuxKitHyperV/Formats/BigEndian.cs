using System;

namespace LinuxKitHyperV.Formats;

/// <summary>Numbers whose most significant byte comes first.</summary>
internal static class BigEndian
{
    public static ushort UInt16(byte[] bytes, int index) => (ushort)((bytes[index] << 8) | bytes[index + 1]);

    public static uint UInt32(byte[] bytes, int index) => ((uint)UInt16(bytes, index) << 16) | UInt16(bytes, index + 2);

    public static ulong UInt64(byte[] bytes, int index) => ((ulong)UInt32(bytes, index) << 32) | UInt32(bytes, index + 4);

    public static Guid Guid(byte[] bytes, int index) => new(
        (int)UInt32(bytes, index), (short)UInt16(bytes, index + 4), (short)UInt16(bytes, index + 6), bytes[index + 8], bytes[index + 9], bytes[index + 10], bytes[index + 11], bytes[index + 12], bytes[index + 13], bytes[index + 14], bytes[index + 15]);

    public static void Write(byte[] bytes, int index, ushort value)
    {
        bytes[index] = (byte)(value >> 8);
        bytes[index + 1] = (byte)value;
    }

    public static void Write(byte[] bytes, int index, uint value)
    {
        Write(bytes, index, (ushort)(value >> 16));
        Write(bytes, index + 2, (ushort)value);
    }

    public static void Write(byte[] bytes, int index, ulong value)
    {
        Write(bytes, index, (uint)(value >> 32));
        Write(bytes, index + 4, (uint)value);
    }
}
