using System;
using System.IO;

namespace LinuxKitHyperV.Content;

/// <summary>Content as a stream, from its beginning to its end.</summary>
internal sealed class ContentStream : Stream
{
    private readonly ImageContent _content;
    private long _position;

    /// <summary>Reads content that stays its owner's.</summary>
    public ContentStream(ImageContent content)
    {
        _content = content;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var part = (int)Math.Min(count, _content.Length - _position);
        _content.Read(_position, buffer, offset, part);
        _position += part;
        return part;
    }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
