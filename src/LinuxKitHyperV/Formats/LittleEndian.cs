using System;

namespace LinuxKitHyperV.Formats;

/// <summary>Numbers whose least significant byte comes first.</summary>
internal static class LittleEndian
{
    public static ushort UInt16(byte[] bytes, int index) => (ushort)(bytes[index] | (bytes[index + 1] << 8));

    public static uint UInt32(byte[] bytes, int index) =>
        bytes[index] | ((uint)bytes[index + 1] << 8) | ((uint)bytes[index + 2] << 16) | ((uint)bytes[index + 3] << 24);

    public static ulong UInt64(byte[] bytes, int index) => UInt32(bytes, index) | ((ulong)UInt32(bytes, index + 4) << 32);

    /// <summary>A GUID as Microsoft's formats and UEFI write it.</summary>
    public static Guid Guid(byte[] bytes, int index)
    {
        var guid = new byte[16];
        Buffer.BlockCopy(bytes, index, guid, 0, guid.Length);
        return new Guid(guid);
    }

    public static void Write(byte[] bytes, int index, ushort value)
    {
        bytes[index] = (byte)value;
        bytes[index + 1] = (byte)(value >> 8);
    }

    public static void Write(byte[] bytes, int index, uint value)
    {
        Write(bytes, index, (ushort)value);
        Write(bytes, index + 2, (ushort)(value >> 16));
    }

    public static void Write(byte[] bytes, int index, ulong value)
    {
        Write(bytes, index, (uint)value);
        Write(bytes, index + 4, (uint)(value >> 32));
    }

    /// <summary>Writes a GUID as Microsoft's formats and UEFI do.</summary>
    public static void Write(byte[] bytes, int index, Guid value) => Buffer.BlockCopy(value.ToByteArray(), 0, bytes, index, 16);
}
