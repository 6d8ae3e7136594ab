using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Tar;

/// <summary>What is in a gzipped file (RFC 1952). It can be read forwards only: going back begins again. How long it is, nobody knows before its end.</summary>
internal sealed class InflatedContent : ImageContent
{
    // ID1, ID2, and CM: deflate.
    private static readonly byte[] Magic = [0x1F, 0x8B, 0x08];

    private readonly ImageContent _file;
    private readonly long _limit;
    private readonly byte[] _skipped = new byte[64 * 1024];
    private Stream _stream;
    private long _position;

    /// <summary>The content of a file, which stays its owner's.</summary>
    /// <param name="file">The file.</param>
    /// <param name="limit">How far it may be inflated, in bytes.</param>
    public InflatedContent(ImageContent file, long limit)
    {
        _file = file;
        _limit = limit;
        _stream = Inflate();
    }

    /// <inheritdoc/>
    public override long Length => long.MaxValue;

    /// <summary>Whether a file is gzipped.</summary>
    public static bool Recognizes(ImageContent file) => file.Length > Magic.Length && file.Read(0, Magic.Length).SequenceEqual(Magic);

    /// <inheritdoc/>
    protected override void ReadCore(long offset, byte[] buffer, int index, int count)
    {
        if (offset + count > _limit)
        {
            throw new ImageFormatException(ImageFault.OutOfReach, $"More than {_limit} bytes would have to be inflated.");
        }

        if (offset < _position)
        {
            _stream.Dispose();
            _stream = Inflate();
            _position = 0;
        }

        while (_position < offset)
        {
            Fill(_skipped, 0, (int)Math.Min(_skipped.Length, offset - _position));
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
}
