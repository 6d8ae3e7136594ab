using System;
using System.Text;

namespace LinuxKitHyperV.Console.Text;

/// <summary>
/// One line of a terminal: characters overwrite, carriage return and backspace move, control sequences that edit a
/// line are obeyed and all others dropped. Nothing of what it gives out can control the terminal of whoever reads it.
/// </summary>
/// <param name="cut">Takes a line that has reached the limit without an end; an empty one follows.</param>
internal sealed class ScreenLine(Action<string> cut) : ControlSequenceReader
{
    /// <summary>A line that never ends is cut here.</summary>
    public const int Limit = 64 * 1024;

    private const int ParameterLimit = 9999;
    private const int FirstParameter = 2;

    private char[] _cells = new char[256];
    private char[] _characters = new char[256];
    private int _length;
    private int _column;

    public string ShownText => new(_cells, 0, _length);

    /// <summary>Begins an empty line. What the line break interrupted is over.</summary>
    public void Clear()
    {
        Forget();
        Empty();
    }

    /// <inheritdoc/>
    protected override void Text(byte[] bytes, int offset, int count)
    {
        if (_characters.Length < count)
        {
            _characters = new char[Math.Max(count, 2 * _characters.Length)];
        }

        var length = Encoding.UTF8.GetChars(bytes, offset, count, _characters, 0);
        for (var i = 0; i < length; i++)
        {
            Put(_characters[i]);
        }
    }

    /// <inheritdoc/>
    protected override void Control(char character)
    {
        switch (character)
        {
            case '\r':
                _column = 0;
                break;
            case '\b':
                MoveTo(_column - 1);
                break;
            case '\t':
                Put(character);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void Sequence(byte[] bytes, int count)
    {
        if (count <= FirstParameter || bytes[1] != '[')
        {
            return;
        }

        var final = (char)bytes[count - 1];
        var isErasure = final is 'J' or 'K';

        // Erasures of what is not protected erase the same: nothing here is.
        var start = isErasure && bytes[FirstParameter] == '?' ? FirstParameter + 1 : FirstParameter;
        var parameter = 0;
        var i = start;
        for (; i < count - 1 && bytes[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            parameter = Math.Min((parameter * 10) + bytes[i] - '0', ParameterLimit);
        }

        // Others than the first parameter do not matter; with other characters it is another function.
        for (; i < count - 1; i++)
        {
            if (bytes[i] is not ((>= (byte)'0' and <= (byte)'9') or (byte)';' or (byte)':'))
            {
                return;
            }
        }

        Edit(final, parameter);
    }

    private void Edit(char final, int parameter)
    {
        var count = Math.Max(1, parameter);
        switch (final)
        {
            case 'K' or 'J' when parameter == 0:
                _length = Math.Min(_length, _column);
                break;
            case 'K' or 'J' when parameter == 1:
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

    private void Put(char character)
    {
        if (_column >= Limit)
        {
            cut(ShownText);
            Empty();
        }

        PadTo(_column + 1);
        _cells[_column++] = character;
        _length = Math.Max(_length, _column);
    }

    private void Empty()
    {
        _length = 0;
        _column = 0;
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
