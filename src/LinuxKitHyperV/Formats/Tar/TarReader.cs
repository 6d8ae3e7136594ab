using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats.Linux;

namespace LinuxKitHyperV.Formats.Tar;

/// <summary>Reads the files of a tar, one after the other (POSIX.1-1988 ustar, POSIX.1-2001 pax, and GNU tar's formats, sparse files of both included).</summary>
/// <param name="tar">The tar.</param>
internal sealed class TarReader(ImageContent tar)
{
    private const int RecordSize = 512;
    private const int MostMembers = 4096;
    private const int MostNamesTold = 5;
    private const long MostLength = 1L << 50;

    // Maps of disks with very many holes are some hundred KiB.
    private const long MostHeaderLength = 4 << 20;
    private const int EntriesInHeader = 4;
    private const int EntriesInExtension = 21;

    private long _position;

    /// <summary>Finds the disk: the first file that is meant to be one.</summary>
    /// <exception cref="ImageFormatException">There is none, or the tar is damaged.</exception>
    public TarMember FindDisk()
    {
        var names = new List<string>();
        for (var count = 0; count < MostMembers; count++)
        {
            if (Next(isFirst: count == 0) is not { } member)
            {
                break;
            }

            if (member.IsDisk)
            {
                return member.Length > 0 ? member : throw ImageFormatException.Damaged($"The disk '{member.Name}' in the tar is empty.");
            }

            names.Add($"'{member.Name}'");
        }

        throw new ImageFormatException(
            ImageFault.NotRecognized,
            names.Count == 0 ? "It is compressed, and there is no tar with a disk in it."
            : $"There is no disk in the tar. It has {string.Join(", ", names.Take(MostNamesTold))}{(names.Count > MostNamesTold ? " and others" : string.Empty)}.");
    }

    // The next file, or null at the end.
    private TarMember? Next(bool isFirst)
    {
        var pax = new PaxRecords();
        string? longName = null;
        while (true)
        {
            var header = Take(RecordSize);
            if (!IsHeader(header))
            {
                return InitialRamdisk.Recognizes(header) && isFirst ? throw InitialRamdisk.Alone()
                    : isFirst || Array.TrueForAll(header, value => value == 0) ? null
                    : throw ImageFormatException.Damaged("A header of the tar is damaged.");
            }

            var stored = pax.StoredSize ?? Number(header, 124, 12);
            if (stored is < 0 or > MostLength)
            {
                throw ImageFormatException.Damaged("A file of the tar has a size that cannot be.");
            }

            switch ((char)header[156])
            {
                case 'x':
                    pax.Read(Take(HeaderLength(stored)));
                    Align();
                    break;
                case 'L':
                    longName = Encoding.UTF8.GetString(Take(HeaderLength(stored))).TrimEnd('\0');
                    Align();
                    break;
                case '0' or '\0' or '7' or 'S':
                    var member = Member(header, pax.Path ?? longName ?? Name(header), pax, stored);
                    Align();
                    return member;

                // A folder, a link, or what is said of all files.
                default:
                    _position += stored;
                    Align();
                    break;
            }
        }
    }

    private TarMember Member(byte[] header, string name, PaxRecords pax, long stored)
    {
        var isOld = header[156] == 'S';
        var length = isOld ? Number(header, 483, 12) : pax.SparseSize ?? stored;
        if (length is < 0 or > MostLength)
        {
            throw ImageFormatException.Damaged("A file of the tar has a size that cannot be.");
        }

        // Extensions of an old header are beside what is stored, a map in the data is a part of it.
        var begin = _position;
        var map = isOld ? OldMap(header) : pax.SparseSize is null ? [(0, stored)] : pax.HasMapInData ? MapInData(stored) : [.. pax.Map];
        var start = _position;
        _position = isOld ? start + stored : begin + stored;
        return TarMember.Sparse(name, length, map, start, _position - start);
    }

    // The header has four entries, and extensions behind it twenty-one each.
    private List<(long Offset, long Length)> OldMap(byte[] header)
    {
        var map = new List<(long, long)>();
        Add(header, 386, EntriesInHeader);
        for (var more = header[482] != 0; more;)
        {
            var extension = Take(RecordSize);
            Add(extension, 0, EntriesInExtension);
            more = extension[504] != 0;
            if (map.Count * 24L > MostHeaderLength)
            {
                throw ImageFormatException.Damaged("The map of a sparse file in the tar is damaged.");
            }
        }

        return map;

        void Add(byte[] record, int at, int count)
        {
            for (var index = 0; index < count && record[at + (24 * index)] != 0; index++)
            {
                map.Add((Number(record, at + (24 * index), 12), Number(record, at + (24 * index) + 12, 12)));
            }
        }
    }

    // Decimal numbers, each on a line: how many, then an offset and a length for each; filled up to a record.
    private List<(long Offset, long Length)> MapInData(long stored)
    {
        var start = _position;
        var buffer = Array.Empty<byte>();
        var next = 0;
        var count = Line();
        if (count > MostHeaderLength)
        {
            throw ImageFormatException.Damaged("The map of a sparse file in the tar is damaged.");
        }

        var map = new List<(long, long)>();
        for (var index = 0L; index < count; index++)
        {
            map.Add((Line(), Line()));
        }

        return map;

        long Line()
        {
            var digits = new StringBuilder();
            while (true)
            {
                if (next == buffer.Length)
                {
                    if (_position + RecordSize - start > stored)
                    {
                        throw ImageFormatException.Damaged("The map of a sparse file in the tar is damaged.");
                    }

                    (buffer, next) = (Take(RecordSize), 0);
                }

                var value = buffer[next++];
                if (value == '\n')
                {
                    return PaxRecords.Number(digits.ToString());
                }

                digits.Append((char)value);
            }
        }
    }

    private byte[] Take(int count)
    {
        var bytes = tar.Read(_position, count);
        _position += count;
        return bytes;
    }

    private void Align() => _position = (_position + RecordSize - 1) / RecordSize * RecordSize;

    private static int HeaderLength(long size) =>
        size <= MostHeaderLength ? (int)size : throw ImageFormatException.Damaged("A header of the tar has a size that cannot be.");

    private static string Name(byte[] header)
    {
        var name = Text(header, 0, 100);
        return Text(header, 257, 5) == "ustar" && header[262] == 0 && Text(header, 345, 155) is { Length: > 0 } prefix ? $"{prefix}/{name}" : name;
    }

    private static string Text(byte[] record, int index, int length)
    {
        var end = Array.IndexOf(record, (byte)0, index, length);
        return Encoding.UTF8.GetString(record, index, end < 0 ? length : end - index);
    }

    private static bool IsHeader(byte[] record)
    {
        var sum = 0;
        for (var index = 0; index < RecordSize; index++)
        {
            sum += index is >= 148 and < 156 ? ' ' : record[index];
        }

        return Number(record, 148, 8) == sum;
    }

    // Octal digits; or, where those do not hold it, GNU's base 256.
    private static long Number(byte[] record, int index, int length)
    {
        if (record[index] == 0x80)
        {
            return (long)BigEndian.UInt64(record, index + length - sizeof(ulong));
        }

        var value = 0L;
        foreach (var digit in Encoding.ASCII.GetString(record, index, length).Trim(' ', '\0'))
        {
            if (digit is < '0' or > '7')
            {
                return -1;
            }

            value = (value << 3) + (digit - '0');
        }

        return value;
    }
}
