using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Tar;

/// <summary>What an extended header says of the file that follows (POSIX.1-2001, pax; and GNU tar's manual, "PAX Format, Versions 0.0 to 1.0").</summary>
internal sealed class PaxRecords
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<long> _offsets = [];
    private readonly List<long> _sizes = [];

    /// <summary>The path of the file; null where the header has it.</summary>
    public string? Path => Value("GNU.sparse.name") ?? Value("path");

    /// <summary>How much the tar has of it; null where the header says so.</summary>
    public long? StoredSize => NumberOf("size");

    /// <summary>The length of a sparse file; null for one that is none.</summary>
    public long? SparseSize => NumberOf("GNU.sparse.realsize") ?? NumberOf("GNU.sparse.size");

    /// <summary>Whether the map of a sparse file is the beginning of its data (version 1.0).</summary>
    public bool HasMapInData => Value("GNU.sparse.major") == "1";

    /// <summary>The map of a sparse file, where these records have it (0.0 and 0.1).</summary>
    /// <exception cref="ImageFormatException">It is damaged.</exception>
    public IEnumerable<(long Offset, long Length)> Map
    {
        get
        {
            var numbers = Value("GNU.sparse.map") is { Length: > 0 } map ? [.. map.Split(',').Select(Number)] : _offsets.Zip(_sizes, (offset, size) => new[] { offset, size }).SelectMany(pair => pair).ToList();
            return numbers.Count % 2 == 0
                ? Enumerable.Range(0, numbers.Count / 2).Select(index => (numbers[2 * index], numbers[(2 * index) + 1]))
                : throw Damaged();
        }
    }

    /// <summary>Reads records: each is its length, a blank, a keyword, "=", a value and a line feed.</summary>
    /// <exception cref="ImageFormatException">They are damaged.</exception>
    public void Read(byte[] records)
    {
        for (var start = 0; start < records.Length;)
        {
            var blank = Array.IndexOf(records, (byte)' ', start);
            var length = blank < 0 ? 0 : (int)Math.Min(Number(Encoding.ASCII.GetString(records, start, blank - start)), int.MaxValue);
            var equals = blank < 0 ? -1 : Array.IndexOf(records, (byte)'=', blank);
            var end = start + length;
            if (length <= 0 || length > records.Length - start || equals < 0 || equals >= end || records[end - 1] != '\n')
            {
                throw Damaged();
            }

            Add(Encoding.UTF8.GetString(records, blank + 1, equals - blank - 1), Encoding.UTF8.GetString(records, equals + 1, end - equals - 2));
            start = end;
        }
    }

    /// <summary>Reads a decimal number that is not negative.</summary>
    /// <exception cref="ImageFormatException">It is none.</exception>
    public static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Damaged();

    private static ImageFormatException Damaged() => ImageFormatException.Damaged("An extended header of the tar is damaged.");

    private void Add(string key, string value)
    {
        switch (key)
        {
            case "GNU.sparse.offset":
                _offsets.Add(Number(value));
                break;
            case "GNU.sparse.numbytes":
                _sizes.Add(Number(value));
                break;
            default:
                _values[key] = value;
                break;
        }
    }

    private string? Value(string key) => _values.TryGetValue(key, out var value) ? value : null;

    private long? NumberOf(string key) => Value(key) is { } value ? Number(value) : null;
}
