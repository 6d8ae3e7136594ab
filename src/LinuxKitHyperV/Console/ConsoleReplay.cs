using System;
using System.Text;
using System.Text.RegularExpressions;

namespace LinuxKitHyperV.Console;

/// <summary>
/// Takes out of what a guest said before the sequences that a terminal answers: the answer would be typed to a guest that no longer
/// waits for it. Only what is known to draw, and the modes that <see cref="ConsoleSession"/> puts back, are kept.
/// </summary>
internal sealed class ConsoleReplay
{
    private const byte Enquiry = 0x05;
    private const byte Bell = 0x07;
    private const byte LineFeed = (byte)'\n';
    private const byte Cancel = 0x18;
    private const byte Substitute = 0x1a;
    private const byte Escape = 0x1b;

    // The first byte, in UTF-8, of the control characters U+0080 to U+009F, among others.
    private const byte ControlLead = 0xc2;

    private const string Mode = "(?:1|7|25|47|1000|1002|1003|1006|1047|1048|1049|2004)";

    // Cursor moves, erasures, colors and such; modes; the two-character functions but DECID; character sets.
    private static readonly Regex Unanswered = new(
        $@"^\x1b(?:\[[0-9;:]*[@A-MPSTXZ`abdefghlmrsu]|\[\?{Mode}(?:;{Mode})*[hl]|[0-Y\\-~]|[ -/]+[0-~])\z",
        RegexOptions.CultureInvariant);

    private readonly StringBuilder _sequence = new();
    private byte[] _kept = [];
    private int _length;
    private State _state;

    private enum State
    {
        Text,
        ControlLead,
        Escape,
        Control,
        String,
    }

    /// <summary>Filters what came; a sequence may go on in the next piece.</summary>
    /// <returns>What is left; valid until the next call.</returns>
    public ArraySegment<byte> Filter(byte[] buffer, int offset, int count)
    {
        _length = 0;
        Reserve(_sequence.Length + count + 1);
        for (var i = offset; i < offset + count; i++)
        {
            Take(buffer[i]);
        }

        return new ArraySegment<byte>(_kept, 0, _length);
    }

    /// <summary>Gives the sequence that has not ended: it goes on in what is not replayed, and there the guest waits for an answer.</summary>
    /// <returns>The sequence so far; valid until the next call.</returns>
    public ArraySegment<byte> Finish()
    {
        _length = 0;
        Reserve(_sequence.Length + 1);
        if (_state == State.ControlLead)
        {
            Keep(ControlLead);
        }
        else
        {
            KeepSequence();
        }

        _state = State.Text;
        return new ArraySegment<byte>(_kept, 0, _length);
    }

    private void Take(byte value)
    {
        switch (_state)
        {
            case State.Text:
                TakeText(value);
                break;
            case State.ControlLead:
                TakeControl(value);
                break;
            case State.String:
                TakeString(value);
                break;
            default:
                TakeSequence(value);
                break;
        }
    }

    private void TakeText(byte value)
    {
        switch (value)
        {
            case Escape:
                Begin();
                break;
            case ControlLead:
                _state = State.ControlLead;
                break;
            case Enquiry:
                break;
            default:
                Keep(value);
                break;
        }
    }

    // Some terminals take U+009B and its like for the sequences' beginnings.
    private void TakeControl(byte value)
    {
        _state = State.Text;
        if (value is >= 0x80 and < 0xa0)
        {
            return;
        }

        Keep(ControlLead);
        TakeText(value);
    }

    private void TakeString(byte value)
    {
        switch (value)
        {
            case Escape:
                Begin();
                break;
            case Bell or Cancel or Substitute:
                Drop();
                break;
            case LineFeed:
                // A sequence never swallows the next line.
                Drop();
                Keep(value);
                break;
            default:
                _sequence.Append((char)value);
                break;
        }
    }

    private void TakeSequence(byte value)
    {
        if (value is < (byte)' ' or > (byte)'~')
        {
            // A sequence with something else inside is broken: without its beginning the rest is text.
            Drop();
            TakeText(value);
            return;
        }

        _sequence.Append((char)value);
        switch (_state, value)
        {
            case (State.Control, >= (byte)'@'):
                End();
                break;
            case (State.Escape, (byte)'[') when _sequence.Length == 2:
                _state = State.Control;
                break;
            case (State.Escape, (byte)']' or (byte)'P' or (byte)'X' or (byte)'^' or (byte)'_') when _sequence.Length == 2:
                _state = State.String;
                break;
            case (State.Escape, >= (byte)'0'):
                End();
                break;
        }
    }

    private void Begin()
    {
        _sequence.Clear().Append((char)Escape);
        _state = State.Escape;
    }

    private void End()
    {
        if (Unanswered.IsMatch(_sequence.ToString()))
        {
            KeepSequence();
        }

        Drop();
    }

    private void Drop()
    {
        _sequence.Clear();
        _state = State.Text;
    }

    private void KeepSequence()
    {
        for (var i = 0; i < _sequence.Length; i++)
        {
            Keep((byte)_sequence[i]);
        }

        _sequence.Clear();
    }

    private void Keep(byte value) => _kept[_length++] = value;

    private void Reserve(int length)
    {
        if (_kept.Length < length)
        {
            _kept = new byte[length];
        }
    }
}
