using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LinuxKitHyperV.Formats.Pe;

/// <summary>A value in DER (ITU-T X.690), of which only what is asked for is looked at. What is damaged is empty.</summary>
internal sealed class DerValue
{
    /// <summary>The tag of a constructed value that its context numbers 0.</summary>
    public const byte Context0 = 0xA0;

    private const byte BmpString = 0x1E;
    private const int MostLengthBytes = 3;

    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly int _length;

    /// <summary>A value whose content is in bytes. What holds the outermost value counts as a value too.</summary>
    public DerValue(byte[] bytes, int start, int length, byte tag = 0)
    {
        _bytes = bytes;
        _start = start;
        _length = length;
        Tag = tag;
    }

    /// <summary>What it is.</summary>
    public byte Tag { get; }

    /// <summary>Its content as text.</summary>
    public string Text => (Tag == BmpString ? Encoding.BigEndianUnicode : Encoding.UTF8).GetString(_bytes, _start, _length);

    /// <summary>The values in it.</summary>
    public IReadOnlyList<DerValue> Children()
    {
        var children = new List<DerValue>();
        for (int index = _start, end = _start + _length; index + 2 <= end;)
        {
            var tag = _bytes[index++];
            int length = _bytes[index++];
            if (length >= 0x80)
            {
                var lengthBytes = length & 0x7F;
                if (lengthBytes is 0 or > MostLengthBytes || lengthBytes > end - index)
                {
                    break;
                }

                length = 0;
                for (; lengthBytes > 0; lengthBytes--)
                {
                    length = (length << 8) | _bytes[index++];
                }
            }

            if (length > end - index)
            {
                break;
            }

            children.Add(new DerValue(_bytes, index, length, tag));
            index += length;
        }

        return children;
    }

    /// <summary>A value in it, or an empty one.</summary>
    public DerValue Child(int number) => Children().ElementAtOrDefault(number) ?? new DerValue(_bytes, 0, 0);

    /// <summary>Whether its content is this.</summary>
    public bool HasContent(byte[] content) => _bytes.Skip(_start).Take(_length).SequenceEqual(content);

    /// <summary>Whether its content is that of another value.</summary>
    public bool HasContentOf(DerValue other) =>
        _length == other._length && _bytes.Skip(_start).Take(_length).SequenceEqual(other._bytes.Skip(other._start).Take(other._length));
}
