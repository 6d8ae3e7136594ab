using System;

namespace LinuxKitHyperV.Content;

/// <summary>Content that reads no byte of its first part twice.</summary>
internal sealed class CachedHead : ImageContent
{
    private const int Step = 64 * 1024;

    private readonly ImageContent _content;
    private readonly byte[] _head;
    private int _known;

    /// <summary>Keeps the first part of content that stays its owner's.</summary>
    public CachedHead(ImageContent content, int size)
    {
        _content = content;
        _head = new byte[Math.Min(size, content.Length)];
    }

    /// <inheritdoc/>
    public override long Length => _content.Length;

    /// <inheritdoc/>
    protected override void ReadCore(long offset, byte[] buffer, int index, int count)
    {
        if (offset + count > _head.Length)
        {
            _content.Read(offset, buffer, index, count);
            return;
        }

        while (_known < offset + count)
        {
            var step = Math.Min(Step, _head.Length - _known);
            _content.Read(_known, _head, _known, step);
            _known += step;
        }

        Buffer.BlockCopy(_head, (int)offset, buffer, index, count);
    }
}
