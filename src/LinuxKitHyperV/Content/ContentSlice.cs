using System;

namespace LinuxKitHyperV.Content;

/// <summary>A part of other content: a partition, or the disk in a file that ends with a footer.</summary>
internal sealed class ContentSlice : ImageContent
{
    private readonly ImageContent _whole;
    private readonly long _start;

    /// <summary>A part. Its end may lie behind the content's: reading there fails.</summary>
    /// <exception cref="ImageFormatException">It begins or ends nowhere.</exception>
    public ContentSlice(ImageContent whole, long start, long length)
    {
        if (start < 0 || length < 0 || start > long.MaxValue - length)
        {
            throw ImageFormatException.Damaged($"It refers to {length} bytes at {start}.");
        }

        _whole = whole;
        _start = start;
        Length = length;
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override Extent ExtentAt(long offset)
    {
        var extent = _whole.ExtentAt(_start + offset);
        return extent with { Offset = offset, Length = Math.Min(extent.Length, Length - offset) };
    }

    /// <inheritdoc/>
    protected override void ReadCore(long offset, byte[] buffer, int index, int count) => _whole.Read(_start + offset, buffer, index, count);
}
