using System;

namespace LinuxKitHyperV.Console;

/// <summary>
/// One line of a terminal: characters overwrite, carriage return and backspace move, control sequences that edit a
/// line are obeyed and all others dropped. Nothing of what it gives out can control the terminal of whoever reads it.
/// </summary>
internal sealed class ScreenLine
{
    /// <summary>A line that never ends is cut here.</summary>
    public const int Limit = 64 * 1024;

    private const int ParameterLimit = 9999;

    private char[] _cells = new char[256];
    private int _length;
    private int _column;
    private State _state;
    private int _parameter;
    private bool _firstParameter;

    private enum State
    {
        Text,
        Escape,
        EscapeIntermediate,
        Control,
        String,
    }

    /// <summary>Gets whether nothing is on the line, and no sequence is begun.</summary>
    public bool IsPristine => _length == 0 && _column == 0 && _state == State.Text;

    /// <summary>Gets whether a line must be cut.</summary>
    public bool IsFull => _column >= Limit;

    /// <summary>Gets the text shown.</summary>
    public string Text => new(_cells, 0, _length);

    /// <summary>Begins an empty line. A sequence that the line break interrupted is over.</summary>
    public void Clear()
    {
        _length = 0;
        _column = 0;
        _state = State.Text;
    }

    /// <summary>Takes one character other than a line feed.</summary>
    public void Put(char character)
    {
        switch (_state)
        {
            case State.Text:
                PutText(character);
                break;
            case State.Escape:
                PutEscape(character);
                break;
            case State.EscapeIntermediate:
                _state = IsIntermediate(character) ? State.EscapeIntermediate : State.Text;
                break;
            case State.Control:
                PutControl(character);
                break;
            case State.String:
                // It ends with BEL, ST, or ESC and a backslash, whose ESC ends it here.
                _state = character == '\x1b' ? State.Escape : character is '\a' or '\x9c' ? State.Text : State.String;
                break;
        }
    }

    private static bool IsIntermediate(char character) => character is >= ' ' and <= '/';

    private void PutText(char character)
    {
        if (character is >= ' ' and < '\x7f' or > '\x9f' or '\t')
        {
            PadTo(_column + 1);
            _cells[_column++] = character;
            _length = Math.Max(_length, _column);
            return;
        }

        switch (character)
        {
            case '\r':
                _column = 0;
                break;
            case '\b':
                MoveTo(_column - 1);
                break;
            case '\x1b':
                _state = State.Escape;
                break;
            case '\x9b':
                BeginControl();
                break;
            case '\x90' or '\x98' or '\x9d' or '\x9e' or '\x9f':
                _state = State.String;
                break;
        }
    }

    private void PutEscape(char character)
    {
        switch (character)
        {
            case '[':
                BeginControl();
                break;
            case ']' or 'P' or 'X' or '^' or '_':
                _state = State.String;
                break;
            default:
                _state = IsIntermediate(character) ? State.EscapeIntermediate
                    : character == '\x1b' ? State.Escape
                    : State.Text;
                break;
        }
    }

    private void BeginControl()
    {
        _state = State.Control;
        _parameter = 0;
        _firstParameter = true;
    }

    private void PutControl(char character)
    {
        if (character is >= '0' and <= '9')
        {
            _parameter = _firstParameter ? Math.Min((_parameter * 10) + character - '0', ParameterLimit) : _parameter;
        }
        else if (character is >= ' ' and <= '?')
        {
            _firstParameter = false;
        }
        else
        {
            _state = character == '\x1b' ? State.Escape : State.Text;
            Edit(character);
        }
    }

    private void Edit(char final)
    {
        var count = Math.Max(1, _parameter);
        switch (final)
        {
            case 'K' or 'J' when _parameter == 0:
                _length = Math.Min(_length, _column);
                break;
            case 'K' or 'J' when _parameter == 1:
                Blank(0, Math.Min(_column + 1, _length));
                break;
            case 'K' or 'J':
                _length = 0;
                break;
            case 'C':
                MoveTo(_column + count);
                break;
            case 'D':
                MoveTo(_column - count);
                break;
            case 'G':
                MoveTo(count - 1);
                break;
            case 'P' when _column < _length:
                count = Math.Min(count, _length - _column);
                Array.Copy(_cells, _column + count, _cells, _column, _length - _column - count);
                _length -= count;
                break;
            case '@' when _column < _length:
                count = Math.Min(count, Limit - _length);
                PadTo(_length + count);
                Array.Copy(_cells, _column, _cells, _column + count, _length - _column);
                Blank(_column, _column + count);
                _length += count;
                break;
            case 'X':
                Blank(_column, Math.Min(_column + count, _length));
                break;
        }
    }

    private void MoveTo(int column) => _column = Math.Min(Math.Max(column, 0), Limit - 1);

    private void PadTo(int capacity)
    {
        if (capacity > _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(capacity, 2 * _cells.Length));
        }

        if (_column > _length)
        {
            Blank(_length, _column);
            _length = _column;
        }
    }

    private void Blank(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            _cells[i] = ' ';
        }
    }
}
