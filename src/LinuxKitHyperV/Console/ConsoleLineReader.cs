using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>Reads a captured console line by line.</summary>
/// <param name="vmName">The name that the lines carry.</param>
/// <param name="reader">Where to begin.</param>
internal sealed class ConsoleLineReader(string vmName, ConsoleReader reader)
{
    // .NET Standard 2.0 has no name for it. Without it the first 100,000 lines, and often there are no more, are read by
    // code that .NET has not optimized yet.
    private const MethodImplOptions AggressiveOptimization = (MethodImplOptions)512;

    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';
    private const byte Tab = (byte)'\t';
    private const byte Delete = 0x7f;

    // The first byte, in UTF-8, of the control characters U+0080 to U+009F, among others.
    private const byte ControlLead = 0xc2;
    private const byte LastControl = 0x9f;

    private readonly byte[] _bytes = new byte[ConsoleChunk.Size];
    private readonly char[] _chars = new char[Encoding.UTF8.GetMaxCharCount(ConsoleChunk.Size)];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly ScreenLine _screen = new();
    private readonly Queue<ConsoleLine> _ready = new();
    private ConsoleBlock _block;
    private int _offset;
    private ConsoleBoot? _boot;
    private DateTime _time;
    private DateTime _localTime;
    private bool _begun;

    /// <summary>Gets how many bytes were dropped from the buffer before they could be read.</summary>
    public long Dropped => reader.Dropped;

    /// <summary>Gets whether everything was read and no more will come; an unfinished line may be left.</summary>
    public bool IsAtEnd => _ready.Count == 0 && _offset == _block.Count && reader.IsAtEnd;

    /// <summary>Has it read what is there now and no more, until this is called again.</summary>
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
    public ConsoleLine? Peek() => _begun && _screen.Text is { Length: > 0 } text ? Line(text, isComplete: false) : null;

    /// <summary>Takes the line that has not ended; what comes is another line.</summary>
    public ConsoleLine? Flush()
    {
        var line = Peek();
        _screen.Clear();
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
                Complete(Encoding.UTF8.GetString(_bytes, _offset, WithoutReturns(count)));
                _offset = end + 1;
                return;
            }
        }

        Show(count, isComplete);
        _offset += count;
        if (isComplete)
        {
            _offset++;
            Complete(_screen.Text);
        }
    }

    private void Show(int count, bool isComplete)
    {
        var chars = _decoder.GetChars(_bytes, _offset, count, _chars, 0, flush: isComplete);
        for (var i = 0; i < chars; i++)
        {
            if (_screen.IsFull)
            {
                _ready.Enqueue(Line(_screen.Text, isComplete: false));
                _screen.Clear();
            }

            _screen.Put(_chars[i]);
        }
    }

    private void Complete(string text)
    {
        _ready.Enqueue(Line(text, isComplete: true));
        _screen.Clear();
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

    [MethodImpl(AggressiveOptimization)]
    private bool IsPlain(int count)
    {
        var end = _offset + WithoutReturns(count);
        for (var i = _offset; i < end; i++)
        {
            var b = _bytes[i];
            if ((b < ' ' && b != Tab) || b == Delete || (b == ControlLead && _bytes[i + 1] <= LastControl))
            {
                return false;
            }
        }

        return true;
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
