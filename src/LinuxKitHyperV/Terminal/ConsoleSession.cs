using System;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Console.Text;

namespace LinuxKitHyperV.Terminal;

/// <summary>A terminal attached to a captured console: what the guest says is shown, every key reaches the guest.</summary>
internal sealed class ConsoleSession : IDisposable
{
    private const int KeyBufferSize = 4096;

    // A guest that takes no input must not keep the escape key from being read: keys wait here, and what is typed
    // beyond that is answered with the bell.
    private const int WaitingReads = 1024;

    // It also puts the cursor back where it was, which would be somewhere else without a switch before it.
    private const string LeaveAlternateScreen = "\x1b[?1049l";

    // What a guest may have left behind: a scroll region, whose reset moves the cursor; the keypad's and cursor keys' modes,
    // a line-drawing character set, which the cursor's return may bring back; inserted text, lines that do not wrap, colors,
    // a hidden cursor, reports of the mouse and of the focus, marked pastes.
    private const string OrdinaryTerminal =
        "\u001b7\x1b[r\u001b8"
        + "\x1b[?1l\x1b>\x1b(B\x0f\x1b[4l\x1b[?7h\x1b[0m\x1b[?25h"
        + "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l";

    private static readonly TimeSpan LastKeysGrace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastWordsGrace = TimeSpan.FromMilliseconds(500);

    // Whoever says a word by the way goes on at once, also where the terminal takes no output, or another thread waits for it to.
    private static readonly TimeSpan WordGrace = TimeSpan.FromMilliseconds(200);

    private readonly ConsoleCapture _capture;
    private readonly ITerminal _terminal;
    private readonly ConsoleSessionOptions _options;
    private readonly AlternateScreen _alternateScreen = new();
    private readonly BlockingCollection<byte[]> _typed = new(WaitingReads);

    // The guest's output, the keyboard's help and the bell come from three threads; a terminal is written to by one at a time.
    private readonly object _showing = new();

    private ConsoleSession(ConsoleCapture capture, ITerminal terminal, ConsoleSessionOptions options)
    {
        _capture = capture;
        _terminal = terminal;
        _options = options;
    }

    private string VMName => _capture.Options.VMName;

    private string WaysOut => _options.EscapeKey is { } key ? $"{ConsoleKeyName.Of(key)} leaves it, or Enter ~ . (Enter ~ ? tells more)." : "No key leaves it.";

    /// <summary>Attaches a terminal to a console until it is left, the capture ends, or it is canceled.</summary>
    /// <param name="capture">The console.</param>
    /// <param name="terminal">The terminal, in raw mode.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the session at once.</param>
    public static ConsoleSessionEnd Run(
        ConsoleCapture capture,
        ITerminal terminal,
        ConsoleSessionOptions options,
        CancellationToken cancellationToken)
    {
        using var session = new ConsoleSession(capture, terminal, options);
        return session.Run(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _typed.Dispose();

    private ConsoleSessionEnd Run(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var sendingOver = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_options.GuestSize is { } size)
        {
            Enqueue(Encoding.ASCII.GetBytes(SetSize(size)));
        }

        var keyboard = Task.Factory.StartNew(() => ReadKeys(over), TaskCreationOptions.LongRunning);
        var sender = Task.Factory.StartNew(() => SendKeys(sendingOver.Token), TaskCreationOptions.LongRunning);
        try
        {
            Say($"Console of {VMName}. {WaysOut}", over.Token);
            Show(over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Left or canceled, which the end tells apart.
        }
        finally
        {
            over.Cancel();
            Await(keyboard, Timeout.InfiniteTimeSpan);
            Await(sender, LastKeysGrace);
            sendingOver.Cancel();
            Await(sender, Timeout.InfiniteTimeSpan);
        }

        sender.GetAwaiter().GetResult();
        var end = keyboard.GetAwaiter().GetResult() ?? (cancellationToken.IsCancellationRequested
            ? ConsoleSessionEnd.Canceled
            : ConsoleSessionEnd.CaptureEnded);
        SayHow(end);
        return end;
    }

    // Unlike Task.Wait it does not throw the task's exception, which would hide the one that is on its way.
    private static void Await(Task task, TimeSpan timeout) => Task.WaitAny([task], timeout);

    private void Show(CancellationToken cancellationToken)
    {
        var attached = _capture.Buffer.End;
        var replay = new ConsoleReplay();
        var reader = _capture.ReadTail(_options.TailBytes);
        var feed = new ConsoleFeed(_capture, reader, _options.WhileAway);
        var boot = _capture.Buffer.LastBoot?.Number;
        while (feed.Next(cancellationToken) is { Count: > 0 } block)
        {
            if (block.Boot.Number > boot)
            {
                Say($"{VMName} restarted (boot {block.Boot.Number}).", cancellationToken);
            }

            boot = Math.Max(boot ?? 0, block.Boot.Number);
            var past = (int)Math.Min(Math.Max(attached - block.Position, 0), block.Count);
            Show(replay.Filter(feed.Bytes, 0, past), cancellationToken);
            if (block.Position + block.Count > attached)
            {
                Show(replay.Finish(), cancellationToken);
                Show(new ArraySegment<byte>(feed.Bytes, past, block.Count - past), cancellationToken);
            }
        }
    }

    private void Show(ArraySegment<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.Count > 0)
        {
            _alternateScreen.Read(bytes.Array!, bytes.Offset, bytes.Count);
            lock (_showing)
            {
                _terminal.Write(bytes.Array!, bytes.Offset, bytes.Count, cancellationToken);
            }
        }
    }

    private ConsoleSessionEnd? ReadKeys(CancellationTokenSource over)
    {
        var buffer = new byte[KeyBufferSize];
        var escapes = new EscapeReader(_options.EscapeKey);
        try
        {
            while (true)
            {
                var count = _terminal.Read(buffer, over.Token);
                Enqueue(escapes.Read(buffer, count));
                if (count == 0 || escapes.HasLeft)
                {
                    return count == 0 ? ConsoleSessionEnd.TerminalClosed : ConsoleSessionEnd.Left;
                }

                if (escapes.AsksForHelp)
                {
                    SayByTheWay(Notice($"At the beginning of a line, ~. leaves the console, ~~ sends a ~, and ~? shows this. {ConsoleKeyName.Of(_options.EscapeKey!.Value)} leaves it anywhere."));
                }
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            _typed.CompleteAdding();
            over.Cancel();
        }
    }

    private void Enqueue(byte[] keys)
    {
        if (!_typed.TryAdd(keys))
        {
            Ring();
        }
    }

    private void SendKeys(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var keys in _typed.GetConsumingEnumerable(cancellationToken))
            {
                TrySend(keys, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over; a guest that takes no input gets no more of it.
        }
    }

    private void TrySend(byte[] keys, CancellationToken cancellationToken)
    {
        try
        {
            _capture.Send(keys, 0, keys.Length, cancellationToken);
        }
        catch (ConsolePipeException)
        {
            // There is no guest to type to just now: the key is lost, as on a machine that restarts.
            Ring();
        }
    }

    private void SayHow(ConsoleSessionEnd end)
    {
        if (end == ConsoleSessionEnd.TerminalClosed)
        {
            return;
        }

        var notice = end switch
        {
            ConsoleSessionEnd.Left => $"Left the console of {VMName}.",
            ConsoleSessionEnd.CaptureEnded => $"The console of {VMName} ended.",
            _ => $"Detached from the console of {VMName}.",
        };
        var leaveScreen = _alternateScreen.IsOn ? LeaveAlternateScreen : string.Empty;
        TryWrite($"{leaveScreen}{OrdinaryTerminal}{Notice(notice)}", LastWordsGrace);
    }

    // As one would type it. What stands on the shell's line is wiped away, and the blank keeps it out of most histories.
    private static string SetSize(TerminalSize size) =>
        $"{KeySequence.Of(LinuxKitConsoleKey.CtrlU)} stty rows {size.Rows} cols {size.Columns}{KeySequence.Of(LinuxKitConsoleKey.Enter)}";

    private static string Notice(string text) => $"\r\n[{text}]\r\n";

    private void Say(string notice, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(Notice(notice));
        lock (_showing)
        {
            _terminal.Write(bytes, 0, bytes.Length, cancellationToken);
        }
    }

    private void Ring() => SayByTheWay("\a");

    private void SayByTheWay(string text)
    {
        if (!Monitor.TryEnter(_showing, WordGrace))
        {
            return;
        }

        try
        {
            TryWrite(text, WordGrace);
        }
        finally
        {
            Monitor.Exit(_showing);
        }
    }

    private void TryWrite(string text, TimeSpan limit)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var grace = new CancellationTokenSource(limit);
        try
        {
            _terminal.Write(bytes, 0, bytes.Length, grace.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or Win32Exception or IOException)
        {
            // It was no more than a word by the way: what the terminal has against the guest's own output, that tells.
        }
    }
}
