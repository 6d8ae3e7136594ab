using System;

namespace LinuxKitHyperV.Console.Text;

/// <summary>Bytes that are put together, in an array that is used again.</summary>
internal sealed class GrowingBytes
{
    private byte[] _bytes = [];
    private int _length;

    /// <summary>What there is; valid until more comes.</summary>
    public ArraySegment<byte> Segment => new(_bytes, 0, _length);

    /// <summary>Begins anew.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds a byte.</summary>
    public void Add(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    /// <summary>Adds bytes.</summary>
    public void Add(byte[] bytes, int offset, int count)
    {
        Reserve(count);
        Buffer.BlockCopy(bytes, offset, _bytes, _length, count);
        _length += count;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_length + count, 2 * _bytes.Length));
        }
    }
}
