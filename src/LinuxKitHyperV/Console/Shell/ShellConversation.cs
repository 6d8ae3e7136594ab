using System;
using System.Text;
using System.Threading;

namespace LinuxKitHyperV.Console.Shell;

/// <summary>What a shell says after a point, without the kernel's messages, and the lines typed to it.</summary>
internal sealed class ShellConversation
{
    /// <summary>What a guest may say at once: 64 MiB. One that never stops must not fill the memory.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    private readonly ConsoleCapture _capture;
    private readonly ConsoleFeed _feed;
    private readonly KernelMessageFilter _filter;
    private byte[] _heard = new byte[ConsoleChunk.Size];
    private int _length;
    private int _taken;
    private int? _boot;

    /// <summary>Begins at the end of what a console has said.</summary>
    public ShellConversation(ConsoleCapture capture, Action? whileAway)
    {
        _capture = capture;
        _feed = new ConsoleFeed(capture, capture.ReadFromEnd(), whileAway);
        _filter = new KernelMessageFilter(Hear);
        _boot = capture.Buffer.LastBoot?.Number;
    }

    /// <summary>What was heard and not yet taken.</summary>
    public string Rest => Encoding.UTF8.GetString(_heard, _taken, _length - _taken);

    /// <summary>Types a line.</summary>
    public void Type(string line, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\r");
        _capture.Send(bytes, 0, bytes.Length, cancellationToken);
    }

    /// <summary>Types keys.</summary>
    public void Press(LinuxKitConsoleKey key, CancellationToken cancellationToken)
    {
        var bytes = Encoding.ASCII.GetBytes(KeySequence.Of(key));
        _capture.Send(bytes, 0, bytes.Length, cancellationToken);
    }

    /// <summary>Waits for a text, and takes everything up to its end.</summary>
    /// <returns>What stands before it; null when the time has passed.</returns>
    /// <exception cref="ConsoleShellException">The guest restarted, or the capture ended.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public string? WaitFor(string text, Deadline deadline, CancellationToken cancellationToken)
    {
        var sought = Encoding.ASCII.GetBytes(text);
        var from = _taken;
        while (true)
        {
            var found = IndexOf(sought, from);
            if (found >= 0)
            {
                var before = Encoding.UTF8.GetString(_heard, _taken, found - _taken);
                _taken = found + sought.Length;
                return before;
            }

            from = Math.Max(_taken, _length - sought.Length + 1);
            if (deadline.HasPassed || !Listen(deadline, cancellationToken))
            {
                return null;
            }
        }
    }

    /// <summary>Listens once.</summary>
    /// <returns>False when the time has passed and nothing came.</returns>
    public bool Listen(Deadline deadline, CancellationToken cancellationToken)
    {
        if (!_feed.TryNext(deadline, out var block, cancellationToken))
        {
            return false;
        }

        if (block.Count == 0)
        {
            throw new ConsoleShellException(ConsoleShellFailure.CaptureEnded, _capture.Options.VMName);
        }

        if (block.Boot.Number > (_boot ??= block.Boot.Number))
        {
            throw new ConsoleShellException(ConsoleShellFailure.GuestRestarted, _capture.Options.VMName);
        }

        if (block.Dropped > 0)
        {
            // With a hole in it, what is heard from here on could pass for the whole.
            throw TooLong();
        }

        _filter.Write(_feed.Bytes, block.Count);
        return true;
    }

    private ConsoleShellException TooLong() => new(ConsoleShellFailure.OutputTooLong, _capture.Options.VMName);

    private void Hear(byte heard)
    {
        if (_length == _heard.Length)
        {
            if (_length >= MaximumBytes)
            {
                throw TooLong();
            }

            Array.Resize(ref _heard, 2 * _heard.Length);
        }

        _heard[_length++] = heard;
    }

    private int IndexOf(byte[] sought, int from)
    {
        while (from <= _length - sought.Length)
        {
            from = Array.IndexOf(_heard, sought[0], from, _length - sought.Length + 1 - from);
            if (from < 0)
            {
                return -1;
            }

            if (StandsAt(sought, from))
            {
                return from;
            }

            from++;
        }

        return -1;
    }

    private bool StandsAt(byte[] sought, int at)
    {
        for (var i = 1; i < sought.Length; i++)
        {
            if (_heard[at + i] != sought[i])
            {
                return false;
            }
        }

        return true;
    }
}
