using System;
using System.Collections.Generic;
using LinuxKitHyperV.Formats;
using LinuxKitHyperV.Formats.Vhd;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>Damages images where they have structure, and makes their checksums right again, so that what lies behind them is reached.</summary>
internal sealed class ImageMutator(int seed)
{
    private const int SectorSize = 512;

    private static readonly ulong[] Numbers =
        [0, 1, 2, 3, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x1FF, 0x200, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, long.MaxValue, 1UL << 63, ulong.MaxValue, ulong.MaxValue - 511];

    private readonly Random _random = new(seed);

    /// <summary>A damaged copy.</summary>
    public byte[] Mutate(byte[] image)
    {
        var bytes = (byte[])image.Clone();
        for (var count = _random.Next(1, 6); count > 0; count--)
        {
            bytes = MutateOnce(bytes);
        }

        if (_random.Next(4) > 0)
        {
            Seal(bytes);
        }

        return bytes;
    }

    private byte[] MutateOnce(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return bytes;
        }

        var place = Place(bytes);
        switch (_random.Next(8))
        {
            case 0:
                bytes[place] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                bytes[place] = (byte)_random.Next(256);
                break;
            case 2 or 3 or 4:
                Put(bytes, place, Numbers[_random.Next(Numbers.Length)] + (ulong)_random.Next(-1, 2));
                break;
            case 5:
                Put(bytes, place, (ulong)_random.NextInt64(bytes.Length * 2L));
                break;
            case 6:
                var length = Math.Min(_random.Next(1, 2048), bytes.Length - place);
                Buffer.BlockCopy(bytes, _random.Next(bytes.Length - length + 1), bytes, place, length);
                break;
            default:
                return _random.Next(8) > 0 ? bytes : bytes[.._random.Next(bytes.Length)];
        }

        return bytes;
    }

    // Where there is something: most of an image is zeros.
    private int Place(byte[] bytes)
    {
        var place = _random.Next(bytes.Length);
        for (var steps = 0; steps < 1 << 16 && bytes[place] == 0; steps++)
        {
            place = (place + 1) % bytes.Length;
        }

        return Math.Max(0, place - _random.Next(8));
    }

    private void Put(byte[] bytes, int place, ulong number)
    {
        var isBig = _random.Next(2) == 0;
        for (int index = 0, width = 1 << _random.Next(4); index < width && place + index < bytes.Length; index++)
        {
            bytes[place + index] = (byte)(number >> (8 * (isBig ? width - 1 - index : index)));
        }
    }

    private static void Seal(byte[] bytes)
    {
        foreach (var (offset, size) in VhdxStructures())
        {
            if (offset + size <= bytes.Length)
            {
                var structure = bytes.AsSpan(offset, size).ToArray();
                LittleEndian.Write(bytes, offset + 4, Crc32.Castagnoli.Compute(structure, size, 4));
            }
        }

        foreach (var offset in new[] { SectorSize, bytes.Length - SectorSize })
        {
            if (offset >= 0 && offset + SectorSize <= bytes.Length && bytes.AsSpan(offset, 8).SequenceEqual("EFI PART"u8))
            {
                var header = bytes.AsSpan(offset, 92).ToArray();
                LittleEndian.Write(bytes, offset + 16, Crc32.Ieee.Compute(header, header.Length, 16));
            }
        }

        foreach (var (offset, size, checksum) in new[] { (0, 512, 64), (512, 1024, 36), (bytes.Length - 512, 512, 64) })
        {
            if (offset >= 0 && offset + size <= bytes.Length && (bytes.AsSpan(offset, 8).SequenceEqual("conectix"u8) || bytes.AsSpan(offset, 8).SequenceEqual("cxsparse"u8)))
            {
                BigEndian.Write(bytes, offset + checksum, VhdFooter.Sum(bytes.AsSpan(offset, size).ToArray(), checksum));
            }
        }

        IEnumerable<(int Offset, int Size)> VhdxStructures() => bytes.AsSpan().StartsWith("vhdxfile"u8)
            ? [(64 << 10, 4 << 10), (128 << 10, 4 << 10), (192 << 10, 64 << 10), (256 << 10, 64 << 10)]
            : [];
    }
}
