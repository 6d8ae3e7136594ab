using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>What a person sees of a terminal: as much of xterm as PowerShell and its line editor ask for.</summary>
/// <param name="rows">Its height.</param>
/// <param name="columns">Its width.</param>
/// <param name="answer">Takes what the terminal says by itself, where it is asked.</param>
internal sealed partial class Screen(int rows, int columns, Action<string> answer)
{
    private readonly List<char[]> _lines = [.. Enumerable.Range(0, rows).Select(_ => Blank(columns))];
    private readonly HashSet<int> _wrapped = [];
    private readonly StringBuilder _sequence = new();
    private int _top;
    private int _row;
    private int _column;
    private (int Row, int Column) _saved;

    /// <summary>All that was ever shown, a line each, with what has scrolled away.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Select(line => new string(line).TrimEnd())];

    /// <summary>The lines that went on in the next one, because they were wider than the screen.</summary>
    public IEnumerable<string> Wrapped => _wrapped.Order().Select(line => Lines[line]);

    /// <summary>The line that the cursor is on, up to the cursor.</summary>
    public string BeforeCursor => new(_lines[_row], 0, Math.Min(_column, columns));

    /// <summary>The line that the cursor is on, from the cursor on.</summary>
    public string AfterCursor => new string(_lines[_row], Math.Min(_column, columns), columns - Math.Min(_column, columns)).TrimEnd();

    /// <summary>Whether the cursor can be seen.</summary>
    public bool HasCursor { get; private set; } = true;

    /// <summary>Shows a character, or does what a sequence asks for when it is complete.</summary>
    public void Write(char character)
    {
        if (_sequence.Length > 0 || character == '\x1b')
        {
            _sequence.Append(character);
            Obey(_sequence.ToString());
            return;
        }

        switch (character)
        {
            case '\r':
                _column = 0;
                break;
            case '\n':
                LineFeed();
                break;
            case '\b':
                _column = Math.Max(0, Math.Min(_column, columns - 1) - 1);
                break;
            case '\t':
                _column = Math.Min(columns - 1, (_column / 8 * 8) + 8);
                break;
            case >= ' ':
                Show(character);
                break;
        }
    }

    private static char[] Blank(int columns)
    {
        var line = new char[columns];
        Array.Fill(line, ' ');
        return line;
    }

    private void Show(char character)
    {
        // What stands in the last column wraps only when something follows.
        if (_column == columns)
        {
            _wrapped.Add(_row);
            _column = 0;
            LineFeed();
        }

        _lines[_row][_column++] = character;
    }

    private void LineFeed()
    {
        if (++_row == _lines.Count)
        {
            _lines.Add(Blank(columns));
            _top++;
        }
    }

    private void Obey(string sequence)
    {
        if (Control().Match(sequence) is { Success: true } control)
        {
            _sequence.Clear();
            var numbers = control.Groups["numbers"].Value.Split(';').Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
            if (control.Groups["private"].Length == 0)
            {
                Obey(control.Groups["final"].Value[0], numbers);
            }
            else if (numbers[0] == 25)
            {
                HasCursor = control.Groups["final"].Value == "h";
            }
        }
        else if (Other().IsMatch(sequence))
        {
            _sequence.Clear();
            switch (sequence[1])
            {
                case '7':
                    _saved = (_row, _column);
                    break;
                case '8':
                    (_row, _column) = _saved;
                    break;
            }
        }
    }

    private void Obey(char final, int[] numbers)
    {
        var count = Math.Max(1, numbers[0]);
        switch (final)
        {
            case 'A':
                _row = Math.Max(_top, _row - count);
                break;
            case 'B':
                _row = Math.Min(_top + rows - 1, _row + count);
                break;
            case 'C':
                _column = Math.Min(columns - 1, _column + count);
                break;
            case 'D':
                _column = Math.Max(0, Math.Min(_column, columns - 1) - count);
                break;
            case 'G':
                _column = Math.Min(columns, count) - 1;
                break;
            case 'H':
                _row = _top + Math.Min(rows, count) - 1;
                _column = Math.Min(columns, Math.Max(1, numbers.ElementAtOrDefault(1))) - 1;
                break;
            case 'J':
                ClearScreen(numbers[0]);
                break;
            case 'K':
                ClearLine(_row, numbers[0]);
                break;
            case 'n' when numbers[0] == 6:
                answer($"\x1b[{_row - _top + 1};{Math.Min(_column, columns - 1) + 1}R");
                break;
        }
    }

    private void ClearScreen(int which)
    {
        ClearLine(_row, which);
        for (var row = _top; row < _top + rows; row++)
        {
            if (which == 2 || (which == 0 && row > _row) || (which == 1 && row < _row))
            {
                ClearLine(row, 2);
            }
        }
    }

    private void ClearLine(int row, int which)
    {
        var from = which == 0 ? Math.Min(_column, columns) : 0;
        var to = which == 1 ? Math.Min(_column + 1, columns) : columns;
        Array.Fill(_lines[row], ' ', from, Math.Max(0, to - from));
        if (to == columns)
        {
            _wrapped.Remove(row);
        }
    }

    // CSI, with the marks of private modes; what is in between and what ends it.
    [GeneratedRegex(@"^\x1b\[(?<private>[?>=<]?)(?<numbers>[0-9;:]*)[ -/]*(?<final>[@-~])$")]
    private static partial Regex Control();

    // Of two or three characters; and OSC, up to the bell or ST.
    [GeneratedRegex(@"^\x1b(?:[ -/]+[0-~]|[0-OQ-WYZ\\`-~]|[\]PX^_].*(?:\x07|\x1b\\))$", RegexOptions.Singleline)]
    private static partial Regex Other();
}
