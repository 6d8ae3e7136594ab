using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Threading;
using LinuxKitHyperV.Console.Text;

namespace LinuxKitHyperV.Console;

/// <summary>Reads a captured console line by line.</summary>
/// <param name="vmName">The name that the lines carry.</param>
/// <param name="reader">Where to begin.</param>
internal sealed class ConsoleLineReader(string vmName, ConsoleReader reader)
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly byte[] _bytes = new byte[ConsoleChunk.Size];
    private readonly Queue<ConsoleLine> _ready = new();
    private ScreenLine? _screen;
    private ConsoleBlock _block;
    private int _offset;
    private ConsoleBoot? _boot;
    private DateTime _time;
    private DateTime _localTime;
    private bool _begun;

    /// <summary>How many bytes were dropped from the buffer before they could be read.</summary>
    public long Dropped => reader.Dropped;

    /// <summary>Whether everything was read and no more will come; an unfinished line may be left.</summary>
    public bool IsAtEnd => _ready.Count == 0 && _offset == _block.Count && reader.IsAtEnd;

    private ScreenLine Screen => _screen ??= new ScreenLine(text => _ready.Enqueue(Line(text, isComplete: false)));

    /// <summary>Limits reading to what is there now, until it is called again.</summary>
    public void LimitToNow() => reader.LimitToNow();

    /// <summary>Reads the next line that has ended.</summary>
    /// <returns>False when there is none yet.</returns>
    public bool TryRead([NotNullWhen(true)] out ConsoleLine? line)
    {
        while (_ready.Count == 0 && Fill())
        {
            Parse();
        }

        line = _ready.Count > 0 ? _ready.Dequeue() : null;
        return line != null;
    }

    /// <summary>Shows the line that has not ended, such as a prompt; null where nothing is on it.</summary>
    public ConsoleLine? Peek() => _begun && Screen.ShownText is { Length: > 0 } text ? Line(text, isComplete: false) : null;

    /// <summary>Takes the line that has not ended; what comes is another line.</summary>
    public ConsoleLine? Flush()
    {
        var line = Peek();
        Screen.Clear();
        _begun = false;
        return line;
    }

    /// <summary>Waits for more bytes.</summary>
    /// <returns>Whether there are any; false when the time passed, or no more will come.</returns>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken) => reader.Wait(timeout, cancellationToken);

    private bool Fill()
    {
        if (_offset < _block.Count)
        {
            return true;
        }

        _block = reader.Read(_bytes);
        _offset = 0;
        if (_block.Count == 0)
        {
            return false;
        }

        if (_boot != null && _boot.Number != _block.Boot.Number && Flush() is { } unfinished)
        {
            _ready.Enqueue(unfinished);
        }

        return true;
    }

    private void Parse()
    {
        var end = Array.IndexOf(_bytes, LineFeed, _offset, _block.Count - _offset);
        var isComplete = end >= 0;
        var count = (isComplete ? end : _block.Count) - _offset;
        if (!_begun)
        {
            _begun = true;
            _boot = _block.Boot;
            Arrived(_block.Time);
            if (isComplete && count <= ScreenLine.Limit && IsPlain(count))
            {
                Complete(Encoding.ASCII.GetString(_bytes, _offset, WithoutReturns(count)));
                _offset = end + 1;
                return;
            }
        }

        // A character that the line's end cuts off is seen to be none.
        var read = isComplete ? count + 1 : count;
        Screen.Read(_bytes, _offset, read);
        _offset += read;
        if (isComplete)
        {
            Complete(Screen.ShownText);
        }
    }

    private void Complete(string text)
    {
        _ready.Enqueue(Line(text, isComplete: true));
        Screen.Clear();
        _begun = false;
    }

    private ConsoleLine Line(string text, bool isComplete) =>
        new(vmName, _boot!.Number, _localTime, _time - _boot.Time, text, isComplete);

    // Many lines arrive together, and a time zone's rules are slow to apply.
    private void Arrived(DateTime time)
    {
        if (_time != time)
        {
            _time = time;
            _localTime = time.ToLocalTime();
        }
    }

    private bool IsPlain(int count)
    {
        var end = _offset + WithoutReturns(count);
        return ControlSequenceReader.EndOfPrintable(_bytes, _offset, end) == end;
    }

    private int WithoutReturns(int count)
    {
        while (count > 0 && _bytes[_offset + count - 1] == CarriageReturn)
        {
            count--;
        }

        return count;
    }
}
