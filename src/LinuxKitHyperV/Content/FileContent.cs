using System;
using System.IO;

namespace LinuxKitHyperV.Content;

/// <summary>A file, or any other stream that can be read at any place.</summary>
internal sealed class FileContent : ImageContent
{
    private const int PageSize = 4096;

    private readonly Stream _stream;
    private readonly long _readLimit;
    private readonly byte[] _page = new byte[PageSize];
    private long _pageOffset = -1;

    /// <summary>Takes the stream over.</summary>
    /// <param name="stream">The stream; one that keeps no buffer of its own is read no further than need be.</param>
    /// <param name="readLimit">How many bytes may be read in all.</param>
    public FileContent(Stream stream, long readLimit = long.MaxValue)
    {
        _stream = stream;
        _readLimit = readLimit;
        Length = stream.Length;
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>How many bytes have been read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>How many may be read still.</summary>
    public long BytesLeft => _readLimit - BytesRead;

    /// <inheritdoc/>
    public override Extent ExtentAt(long offset) =>
        _stream is FileStream file ? SparseFile.ExtentAt(file, offset, Length) : base.ExtentAt(offset);

    /// <inheritdoc/>
    protected override void ReadCore(long offset, byte[] buffer, int index, int count)
    {
        if (count >= PageSize)
        {
            Fill(offset, buffer, index, count);
            return;
        }

        // Structures are small, and lie close to each other.
        while (count > 0)
        {
            var within = (int)(offset % PageSize);
            Load(offset - within);
            var part = Math.Min(count, PageSize - within);
            Buffer.BlockCopy(_page, within, buffer, index, part);
            offset += part;
            index += part;
            count -= part;
        }
    }

    /// <inheritdoc/>
    protected override ImageFormatException Beyond(long offset, int count) =>
        offset < 0 || count < 0
            ? base.Beyond(offset, count)
            : ImageFormatException.Truncated($"The file has {Length} bytes, and {count} more are expected at {offset}.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }
    }

    private void Load(long pageOffset)
    {
        if (_pageOffset != pageOffset)
        {
            // What is read only in part must not pass for the page.
            _pageOffset = -1;
            Fill(pageOffset, _page, 0, (int)Math.Min(PageSize, Length - pageOffset));
            _pageOffset = pageOffset;
        }
    }

    private void Fill(long offset, byte[] buffer, int index, int count)
    {
        if (count > BytesLeft)
        {
            throw new ImageFormatException(ImageFault.OutOfReach, $"More than {_readLimit} bytes would have to be read.");
        }

        try
        {
            _stream.Position = offset;
            for (int read; count > 0; index += read, count -= read)
            {
                read = _stream.Read(buffer, index, count);
                BytesRead += read;
                if (read == 0)
                {
                    throw ImageFormatException.Truncated($"The file ended at {_stream.Position}, although it had {Length} bytes.");
                }
            }
        }
        catch (IOException exception)
        {
            throw new ImageFormatException(ImageFault.NotReadable, exception.Message);
        }
    }
}
