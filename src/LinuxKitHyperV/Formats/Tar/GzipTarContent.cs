using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats.Linux;

namespace LinuxKitHyperV.Formats.Tar;

/// <summary>
/// The disk in a gzipped tar: its first file (RFC 1952; POSIX.1-1988 ustar, and the long sizes of GNU). It can be read forwards
/// only: going back begins again.
/// </summary>
internal sealed class GzipTarContent : ImageContent
{
    private const int RecordSize = 512;
    private const int MostRecordsBeforeFile = 256;
    private const long MostLength = 1L << 50;

    // ID1, ID2, and CM: deflate.
    private static readonly byte[] Magic = [0x1F, 0x8B, 0x08];

    private readonly ImageContent _file;
    private readonly long _lengthLimit;
    private readonly byte[] _skipped = new byte[64 * 1024];
    private Stream _stream;
    private long _start;
    private long _position;

    private GzipTarContent(ImageContent file, long lengthLimit)
    {
        _file = file;
        _lengthLimit = lengthLimit;
        _stream = Inflate();
        Length = ReadHeaders();
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>Whether a file is gzipped.</summary>
    public static bool Recognizes(ImageContent file) => file.Length > Magic.Length && file.Read(0, Magic.Length).SequenceEqual(Magic);

    /// <summary>The disk in a gzipped tar.</summary>
    /// <param name="file">The file.</param>
    /// <param name="lengthLimit">How far it may be inflated.</param>
    /// <exception cref="ImageFormatException">It cannot be read.</exception>
    public static GzipTarContent Open(ImageContent file, long lengthLimit = long.MaxValue) => new(file, lengthLimit);

    /// <inheritdoc/>
    protected override void ReadCore(long offset, byte[] buffer, int index, int count)
    {
        if (offset + count > _lengthLimit)
        {
            throw new ImageFormatException(ImageFault.OutOfReach, $"More than {_lengthLimit} bytes would have to be inflated.");
        }

        if (_start + offset < _position)
        {
            _stream.Dispose();
            _stream = Inflate();
            _position = 0;
        }

        while (_position < _start + offset)
        {
            Fill(_skipped, 0, (int)Math.Min(_skipped.Length, _start + offset - _position));
        }

        Fill(buffer, index, count);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }
    }

    private GZipStream Inflate() => new(new ContentStream(_file), CompressionMode.Decompress);

    private void Fill(byte[] buffer, int index, int count)
    {
        try
        {
            while (count > 0)
            {
                var read = _stream.Read(buffer, index, count);
                if (read == 0)
                {
                    throw ImageFormatException.Truncated("The compressed file ends before its disk does.");
                }

                index += read;
                count -= read;
                _position += read;
            }
        }
        catch (InvalidDataException exception)
        {
            throw ImageFormatException.Damaged($"It cannot be inflated. {exception.Message}");
        }
    }

    private long ReadHeaders()
    {
        var record = new byte[RecordSize];
        for (var count = 0; count < MostRecordsBeforeFile; count++)
        {
            Fill(record, 0, RecordSize);
            if (!IsHeader(record))
            {
                throw InitialRamdisk.Recognizes(record) ? InitialRamdisk.Alone() : NoDisk();
            }

            var size = Size(record);
            switch ((char)record[156])
            {
                case '0' or '\0':
                    _start = _position;
                    return size;
                case 'S':
                    throw ImageFormatException.NotSupported("The disk was archived as a sparse file of GNU tar. Archive it without -S.");
            }

            // A folder, or more about the file that follows.
            var end = _position + ((size + RecordSize - 1) / RecordSize * RecordSize);
            if (end > _position + (RecordSize * MostRecordsBeforeFile))
            {
                break;
            }

            while (_position < end)
            {
                Fill(record, 0, RecordSize);
            }
        }

        throw NoDisk();
    }

    private static ImageFormatException NoDisk() => new(ImageFault.NotRecognized, "It is compressed, and there is no tar with a disk in it.");

    private static bool IsHeader(byte[] record)
    {
        var sum = 0;
        for (var index = 0; index < RecordSize; index++)
        {
            sum += index is >= 148 and < 156 ? ' ' : record[index];
        }

        return Octal(record, 148, 8) == sum;
    }

    private static long Size(byte[] record)
    {
        // GNU writes sizes that eleven digits do not hold as a number in base 256.
        var size = record[124] == 0x80 ? (long)BigEndian.UInt64(record, 128) : Octal(record, 124, 12);
        return size is >= 0 and <= MostLength ? size : throw ImageFormatException.Damaged("A file of the tar has a size that cannot be.");
    }

    private static long Octal(byte[] record, int index, int length)
    {
        var text = Encoding.ASCII.GetString(record, index, length).Trim(' ', '\0');
        var value = 0L;
        foreach (var digit in text)
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
