using System;

namespace LinuxKitHyperV.Console;

/// <summary>
/// Takes out of a console's bytes what would control the terminal of whoever shows them: all control characters but tabs and line
/// ends, the sequences that ESC begins, and bytes that are no character of UTF-8. The text stays as it came, also where a guest wrote over it.
/// </summary>
internal sealed class ConsoleLogFilter
{
    private const byte Bell = 0x07;
    private const byte LineFeed = (byte)'\n';
    private const byte Return = (byte)'\r';
    private const byte Escape = 0x1b;
    private const byte Delete = 0x7f;

    private const int LongestCharacter = 4;

    private const ulong Ones = 0x0101_0101_0101_0101;
    private const ulong HighBits = 0x80 * Ones;

    private byte[] _clean = [];
    private State _state;
    private bool _returned;

    // A character is written when it is whole: to terminals that do not read UTF-8, a byte of none is a control character.
    private readonly byte[] _character = new byte[LongestCharacter];
    private int _held;
    private int _missing;
    private int _lowest;
    private int _highest;

    private enum State
    {
        Text,
        Escape,
        Control,
        String,
    }

    /// <summary>Filters what came; a character or a sequence may go on in the next piece.</summary>
    /// <returns>What is left; valid until the next call.</returns>
    public ArraySegment<byte> Filter(byte[] buffer, int offset, int count)
    {
        // A return that stood at the end of a piece, and a character's first bytes, are written with what follows.
        if (_clean.Length < (2 * count) + LongestCharacter)
        {
            _clean = new byte[(2 * count) + LongestCharacter];
        }

        var length = 0;
        var end = offset + count;
        for (var i = offset; i < end; i++)
        {
            if (_state != State.Text)
            {
                Skip(buffer[i], ref length);
                continue;
            }

            if (!_returned)
            {
                i = CopyPlain(buffer, i, end, ref length);
                if (i == end)
                {
                    break;
                }
            }

            Put(buffer[i], ref length);
        }

        return new ArraySegment<byte>(_clean, 0, length);
    }

    /// <summary>Copies lines that need no look at each byte: ASCII's printable characters, tabs, and line ends, these without their return.</summary>
    /// <returns>Where something else stands.</returns>
    private int CopyPlain(byte[] buffer, int start, int end, ref int length)
    {
        while (true)
        {
            var stop = EndOfPlain(buffer, start, end);
            if (stop > start)
            {
                Buffer.BlockCopy(buffer, start, _clean, length, stop - start);
                length += stop - start;
                _missing = 0;
            }

            if (stop + 1 >= end || buffer[stop] != Return || buffer[stop + 1] != LineFeed)
            {
                return stop;
            }

            start = stop + 1;
        }
    }

    private static int EndOfPlain(byte[] buffer, int start, int end)
    {
        while (start < end)
        {
            if (end - start >= sizeof(ulong))
            {
                var others = Others(BitConverter.ToUInt64(buffer, start));
                if (others == 0)
                {
                    start += sizeof(ulong);
                    continue;
                }

                // Up to the lowest mark's, each byte has a one now, and the product's highest byte is their sum.
                start += (int)((((others - 1) & Ones) * Ones) >> 56) - 1;
            }

            if (!IsPlain(buffer[start]))
            {
                break;
            }

            start++;
        }

        return start;
    }

    /// <summary>Marks the bytes of eight that are not printable ASCII, by their high bits. The lowest mark is true: what is carried or borrowed goes upwards.</summary>
    private static ulong Others(ulong eight) => (eight | (eight + Ones) | (eight - (' ' * Ones))) & HighBits;

    private static bool IsPlain(byte value) => value is LineFeed or (byte)'\t' or (>= (byte)' ' and < Delete);

    private void Put(byte value, ref int length)
    {
        if (_returned)
        {
            // Alone it would let what follows be written over the line.
            _returned = value == Return;
            if (value is not (Return or LineFeed))
            {
                _clean[length++] = LineFeed;
            }
        }

        if (value >= 0x80)
        {
            PutUnicode(value, ref length);
            return;
        }

        _missing = 0;
        switch (value)
        {
            case Return:
                _returned = true;
                break;
            case Escape:
                _state = State.Escape;
                break;
            default:
                if (IsPlain(value))
                {
                    _clean[length++] = value;
                }

                break;
        }
    }

    private void PutUnicode(byte value, ref int length)
    {
        if (_missing == 0 || value < _lowest || value > _highest)
        {
            BeginCharacter(value);
            return;
        }

        _character[_held++] = value;
        (_lowest, _highest) = (0x80, 0xbf);
        if (--_missing == 0)
        {
            Buffer.BlockCopy(_character, 0, _clean, length, _held);
            length += _held;
        }
    }

    // The table of well-formed characters: The Unicode Standard, section 3.9. It leaves out surrogates and what could be shorter, and this one
    // the control characters U+0080 to U+009F too.
    private void BeginCharacter(byte lead)
    {
        (_missing, _lowest, _highest) = lead switch
        {
            0xc2 => (1, 0xa0, 0xbf),
            >= 0xc3 and <= 0xdf => (1, 0x80, 0xbf),
            0xe0 => (2, 0xa0, 0xbf),
            0xed => (2, 0x80, 0x9f),
            >= 0xe1 and <= 0xef => (2, 0x80, 0xbf),
            0xf0 => (3, 0x90, 0xbf),
            >= 0xf1 and <= 0xf3 => (3, 0x80, 0xbf),
            0xf4 => (3, 0x80, 0x8f),
            _ => (0, 0, 0),
        };
        _character[0] = lead;
        _held = 1;
    }

    private void Skip(byte value, ref int length)
    {
        if (value == LineFeed)
        {
            // A sequence never swallows the next line.
            _state = State.Text;
            Put(value, ref length);
            return;
        }

        _state = (_state, value) switch
        {
            (_, Escape) => State.Escape,
            (State.Escape, (byte)'[') => State.Control,
            (State.Escape, (byte)']' or (byte)'P' or (byte)'X' or (byte)'^' or (byte)'_') => State.String,
            (State.Escape, >= (byte)' ' and <= (byte)'/') => State.Escape,
            (State.Control, >= (byte)' ' and <= (byte)'?') => State.Control,
            (State.String, not Bell) => State.String,
            _ => State.Text,
        };
    }
}
