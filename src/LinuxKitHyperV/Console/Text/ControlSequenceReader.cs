using System;
using System.Runtime.CompilerServices;
using System.Text;

namespace LinuxKitHyperV.Console.Text;

/// <summary>
/// The one reader of what controls a terminal: tells a console's bytes apart into text, control characters and control sequences.
/// Log, replay, lines and modes are made of what it tells, so that they agree.
/// </summary>
/// <remarks>
/// ECMA-48 (5th edition), 5.3 to 5.6, in its 7-bit form, in UTF-8. What it leaves open, DEC's terminals have settled
/// (https://vt100.net/emu/dec_ansi_parser): control characters within a sequence are obeyed, CAN and SUB end it, ESC begins another.
/// Where terminals differ, it is read so that no text is lost: the control characters U+0080 to U+009F begin nothing, as in Windows
/// Terminal (https://github.com/microsoft/terminal/pull/11690), and end a string, as do BEL and the end of the line.
/// </remarks>
internal abstract class ControlSequenceReader
{
    /// <summary>The most of a sequence that is kept. A longer one is read to its end, and is nobody's.</summary>
    public const int SequenceLimit = 4096;

    // .NET Standard 2.0 has no name for it. Without it the first 100,000 lines, and often there are no more, are read by
    // code that .NET has not optimized yet.
    private const MethodImplOptions AggressiveOptimization = (MethodImplOptions)512;

    private const byte Escape = 0x1b;
    private const byte Delete = 0x7f;
    private const byte FirstHigh = 0x80;

    private const ulong Ones = 0x0101_0101_0101_0101;
    private const ulong HighBits = 0x80 * Ones;

    private static readonly byte[] Replacement = [0xef, 0xbf, 0xbd];
    private static readonly Class[] Classes = Classify();

    // A row a class of bytes, a column a state: Escape, Intermediate, Control, String. Text between sequences has no column: most of what comes is text.
    private static readonly (Act Act, State Next)[][] Table =
    [
        /* Control      */ [(Act.Obey, State.Escape), (Act.Obey, State.Intermediate), (Act.Obey, State.Control), (Act.Keep, State.String)],
        /* Bell         */ [(Act.Obey, State.Escape), (Act.Obey, State.Intermediate), (Act.Obey, State.Control), (Act.Skip, State.Text)],
        /* LineFeed     */ [(Act.Obey, State.Text), (Act.Obey, State.Text), (Act.Obey, State.Text), (Act.Obey, State.Text)],
        /* Cancel       */ [(Act.Skip, State.Text), (Act.Skip, State.Text), (Act.Skip, State.Text), (Act.Skip, State.Text)],
        /* Escape       */ [(Act.Begin, State.Escape), (Act.Begin, State.Escape), (Act.Begin, State.Escape), (Act.Begin, State.Escape)],
        /* Intermediate */ [(Act.Keep, State.Intermediate), (Act.Keep, State.Intermediate), (Act.Keep, State.Control), (Act.Keep, State.String)],
        /* Parameter    */ [(Act.End, State.Text), (Act.End, State.Text), (Act.Keep, State.Control), (Act.Keep, State.String)],
        /* Bracket      */ [(Act.Keep, State.Control), (Act.End, State.Text), (Act.End, State.Text), (Act.Keep, State.String)],
        /* StringOpener */ [(Act.Keep, State.String), (Act.End, State.Text), (Act.End, State.Text), (Act.Keep, State.String)],
        /* Final        */ [(Act.End, State.Text), (Act.End, State.Text), (Act.End, State.Text), (Act.Keep, State.String)],
        /* Delete       */ [(Act.Skip, State.Escape), (Act.Skip, State.Intermediate), (Act.Skip, State.Control), (Act.Keep, State.String)],
    ];

    private readonly byte[] _sequence = new byte[SequenceLimit];
    private readonly byte[] _character = new byte[Utf8.LongestCharacter];
    private int _sequenceLength;
    private int _characterLength;
    private State _state = State.Text;

    private enum State
    {
        Escape,
        Intermediate,
        Control,
        String,
        Text,
    }

    private enum Class : byte
    {
        Control,
        Bell,
        LineFeed,
        Cancel,
        Escape,
        Intermediate,
        Parameter,
        Bracket,
        StringOpener,
        Final,
        Delete,
    }

    private enum Act
    {
        Skip,
        Keep,
        Obey,
        Begin,
        End,
    }

    /// <summary>Reads what came; a character or a sequence may go on in the next piece.</summary>
    public void Read(byte[] bytes, int offset, int count)
    {
        var end = offset + count;
        while (offset < end)
        {
            if (_characterLength > 0 || (bytes[offset] >= FirstHigh && _state != State.Text))
            {
                offset = ReadCharacter(bytes, offset);
            }
            else if (_state != State.Text)
            {
                Step(bytes[offset++]);
            }
            else
            {
                offset = ReadText(bytes, offset, end);
            }
        }
    }

    /// <summary>Takes text: printable characters, as well-formed UTF-8. What was not is U+FFFD.</summary>
    protected abstract void Text(byte[] bytes, int offset, int count);

    /// <summary>Takes a control character: U+0000 to U+001F, but ESC, or U+007F to U+009F.</summary>
    protected abstract void Control(char character);

    /// <summary>Takes a whole sequence: ESC to its final byte. Strings (OSC, DCS, APC, PM, SOS) are no sequences, and are dropped.</summary>
    protected abstract void Sequence(byte[] bytes, int count);

    /// <summary>Takes the unfinished sequence or character as it came, and reads on as if nothing had begun.</summary>
    protected ArraySegment<byte> TakeUnfinished()
    {
        if (_state == State.Text)
        {
            _sequenceLength = 0;
        }

        KeepCharacter(_characterLength);
        Forget();
        return new ArraySegment<byte>(_sequence, 0, _sequenceLength);
    }

    /// <summary>Forgets what has begun and not ended.</summary>
    protected void Forget()
    {
        _characterLength = 0;
        _state = State.Text;
    }

    /// <summary>A sequence as text, for it to be matched.</summary>
    protected static string Ascii(byte[] bytes, int count) => Encoding.ASCII.GetString(bytes, 0, count);

    private static Class[] Classify()
    {
        var classes = new Class[FirstHigh];
        for (var value = 0; value < FirstHigh; value++)
        {
            classes[value] = (char)value switch
            {
                '\a' => Class.Bell,
                '\n' => Class.LineFeed,
                '\x18' or '\x1a' => Class.Cancel,
                '\x1b' => Class.Escape,
                < ' ' => Class.Control,
                < '0' => Class.Intermediate,
                < '@' => Class.Parameter,
                '[' => Class.Bracket,
                ']' or 'P' or 'X' or '^' or '_' => Class.StringOpener,
                < '\x7f' => Class.Final,
                _ => Class.Delete,
            };
        }

        return classes;
    }

    /// <summary>Reads a run of text at once.</summary>
    /// <returns>Where to go on.</returns>
    private int ReadText(byte[] bytes, int start, int end)
    {
        var stop = start;
        while (true)
        {
            stop = EndOfPrintable(bytes, stop, end);
            if (stop == end || bytes[stop] < FirstHigh || Utf8.LengthOfText(bytes, stop, end) is not (> 0 and var length))
            {
                break;
            }

            stop += length;
        }

        if (stop > start)
        {
            Text(bytes, start, stop - start);
        }

        if (stop == end)
        {
            return stop;
        }

        if (bytes[stop] >= FirstHigh)
        {
            return ReadCharacter(bytes, stop);
        }

        if (bytes[stop] == Escape)
        {
            Begin();
        }
        else
        {
            Control((char)bytes[stop]);
        }

        return stop + 1;
    }

    /// <summary>Finds where printable ASCII ends.</summary>
    [MethodImpl(AggressiveOptimization)]
    internal static int EndOfPrintable(byte[] bytes, int start, int end)
    {
        while (end - start >= sizeof(ulong))
        {
            var others = Others(BitConverter.ToUInt64(bytes, start));
            if (others != 0)
            {
                // Up to the lowest mark's, each byte has a one now, and the product's highest byte is their sum.
                return start + (int)((((others - 1) & Ones) * Ones) >> 56) - 1;
            }

            start += sizeof(ulong);
        }

        while (start < end && bytes[start] is >= (byte)' ' and < Delete)
        {
            start++;
        }

        return start;
    }

    /// <summary>Marks the bytes of eight that are not printable ASCII, by their high bits. The lowest mark is true: what is carried or borrowed goes upwards.</summary>
    private static ulong Others(ulong eight) => (eight | (eight + Ones) | (eight - (' ' * Ones))) & HighBits;

    /// <summary>Reads a byte of a character that is not ASCII.</summary>
    /// <returns>Where to go on: at the same byte, where it is not of this character.</returns>
    private int ReadCharacter(byte[] bytes, int offset)
    {
        var value = bytes[offset];
        if (_state != State.String)
        {
            // No sequence has such a character: it is broken, and what is left of it is text.
            _state = State.Text;
        }

        if (!Utf8.MayFollow(_character, _characterLength, value))
        {
            // What has come is no character; alone, the byte is none.
            var isAlone = _characterLength == 0;
            _characterLength = 0;
            PutMalformed(isAlone && value <= Utf8.LastControl);
            return isAlone ? offset + 1 : offset;
        }

        _character[_characterLength++] = value;
        if (_characterLength == Utf8.LengthOf(_character[0]))
        {
            _characterLength = 0;
            PutCharacter(Utf8.LengthOf(_character[0]));
        }

        return offset + 1;
    }

    private void PutCharacter(int length)
    {
        if (Utf8.IsControl(_character, 0, length))
        {
            _state = State.Text;
            Control((char)_character[1]);
        }
        else if (_state == State.Text)
        {
            Text(_character, 0, length);
        }
        else
        {
            KeepCharacter(length);
        }
    }

    private void PutMalformed(bool isControl)
    {
        if (_state == State.Text)
        {
            Text(Replacement, 0, Replacement.Length);
        }
        else if (isControl)
        {
            // To a terminal of 8 bits it is a control character, such as ST.
            _state = State.Text;
        }
    }

    private void Step(byte value)
    {
        var (act, next) = Table[(int)Classes[value]][(int)_state];
        _state = next;
        switch (act)
        {
            case Act.Keep:
                Keep(value);
                break;
            case Act.Obey:
                Control((char)value);
                break;
            case Act.Begin:
                Begin();
                break;
            case Act.End:
                Keep(value);
                if (_sequenceLength < SequenceLimit)
                {
                    Sequence(_sequence, _sequenceLength);
                }

                break;
        }
    }

    private void Begin()
    {
        _state = State.Escape;
        _sequence[0] = Escape;
        _sequenceLength = 1;
    }

    private void KeepCharacter(int length)
    {
        for (var i = 0; i < length; i++)
        {
            Keep(_character[i]);
        }
    }

    private void Keep(byte value)
    {
        if (_sequenceLength < SequenceLimit)
        {
            _sequence[_sequenceLength++] = value;
        }
    }
}
