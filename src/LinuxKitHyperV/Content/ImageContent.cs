using System;

namespace LinuxKitHyperV.Content;

/// <summary>Bytes that can be read at any place: a file, the disk that it describes, a partition, a file in its file system.</summary>
internal abstract class ImageContent : IDisposable
{
    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>Reads all of the bytes that are asked for.</summary>
    /// <exception cref="ImageFormatException">They are not there.</exception>
    public void Read(long offset, byte[] buffer, int index, int count)
    {
        Check(offset, count);
        ReadCore(offset, buffer, index, count);
    }

    /// <summary>Reads a structure.</summary>
    /// <exception cref="ImageFormatException">It is not there.</exception>
    public byte[] Read(long offset, int count)
    {
        Check(offset, count);
        var bytes = new byte[count];
        ReadCore(offset, bytes, 0, count);
        return bytes;
    }

    /// <summary>The data, or the hole, that a place is in: from there on, as far as is known without much work.</summary>
    public virtual Extent ExtentAt(long offset) => new(offset, Length - offset, IsData: true);

    /// <summary>A part of this content. It does not outlive it.</summary>
    public ImageContent Slice(long offset, long length) => new ContentSlice(this, offset, length);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads bytes that are known to be there.</summary>
    protected abstract void ReadCore(long offset, byte[] buffer, int index, int count);

    /// <summary>What is said when bytes are asked for that are not there.</summary>
    protected virtual ImageFormatException Beyond(long offset, int count) =>
        ImageFormatException.Damaged($"It refers to {count} bytes at {offset}, and has {Length}.");

    /// <summary>Frees what it holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private void Check(long offset, int count)
    {
        if (offset < 0 || count < 0 || count > Length - offset)
        {
            throw Beyond(offset, count);
        }
    }
}

/// <summary>A stretch of content that is data all through, or a hole that reads as zeros.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="IsData">Whether it is data; data may be zeros too.</param>
internal readonly record struct Extent(long Offset, long Length, bool IsData)
{
    /// <summary>Where what follows it begins.</summary>
    public long End => Offset + Length;
}
