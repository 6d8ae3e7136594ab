using System;
using System.Diagnostics;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>
/// Captures the console of one VM. Once the pipe is there, a thread of its own opens it, drains it into a bounded buffer
/// and a log file, and opens it again after each reset of the guest; while it is not, all captures share a look-out. It
/// knows only the pipe: whoever sees the VM stop ends it.
/// </summary>
internal sealed class ConsoleCapture : IDisposable
{
    // A serial port's own buffer: what is sent at once of a text that is paced.
    private const int PacedPiece = 16;

    // A reset keeps the pipe busy for a moment; longer than this, somebody else holds it.
    private static readonly TimeSpan BusyGrace = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(1);

    // A server that takes a connection and ends it at once must not be asked without a pause.
    private static readonly TimeSpan PauseAfterSilence = TimeSpan.FromMilliseconds(50);

    private readonly object _gate = new();
    private readonly ConsolePipePath _path;
    private readonly ConsoleLog? _log;
    private readonly CancellationTokenSource _ending = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Stopwatch _inState = Stopwatch.StartNew();
    private readonly Stopwatch _failing = new();
    private Thread? _thread;
    private ConsoleHold? _hold;
    private ConsolePipe? _pipe;
    private ConsoleCaptureState _state;
    private ConsoleEndReason? _endReason;
    private ConsolePipeException? _lastFailure;

    private ConsoleCapture(ConsoleCaptureOptions options)
    {
        Options = options;
        Buffer = new ConsoleBuffer(options.BufferBytes);
        _path = ConsolePipePath.Parse(options.PipePath);
        _log = options.Log is null ? null : new ConsoleLog(options.Log);
    }

    /// <summary>What was asked for.</summary>
    public ConsoleCaptureOptions Options { get; }

    /// <summary>What was captured.</summary>
    public ConsoleBuffer Buffer { get; }

    /// <summary>How the capture stands to its pipe.</summary>
    public ConsoleCaptureState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>How long the pipe has been away; zero while connected.</summary>
    public TimeSpan TimeAway
    {
        get
        {
            lock (_gate)
            {
                return _state == ConsoleCaptureState.Connected ? TimeSpan.Zero : _inState.Elapsed;
            }
        }
    }

    /// <summary>Who keeps the pipe from the capture: the error that says it; null where nobody does.</summary>
    public ConsolePipeException? InUse
    {
        get
        {
            lock (_gate)
            {
                return _state == ConsoleCaptureState.Connecting && _lastFailure?.Reason == ConsolePipeFailure.InUse ? NotConnected() : null;
            }
        }
    }

    /// <summary>Why the capture ended; null while it lives.</summary>
    public ConsoleEndReason? EndReason
    {
        get
        {
            lock (_gate)
            {
                return _endReason;
            }
        }
    }

    /// <summary>The error that ended the capture, if one did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The error that ended the log, if one did.</summary>
    public Exception? LogFailure => _log?.Failure;

    /// <summary>Starts a capture, which may be before the VM is started.</summary>
    /// <exception cref="ConsolePipeException">The path is no path of a pipe.</exception>
    /// <exception cref="ConsoleLogException">The log file cannot be opened.</exception>
    public static ConsoleCapture Start(ConsoleCaptureOptions options)
    {
        var capture = new ConsoleCapture(options);
        capture.LookOut();
        return capture;
    }

    /// <summary>A reader from the first byte that was captured; it counts as dropped what is no longer kept.</summary>
    public ConsoleReader ReadFromStart() => new(Buffer, 0);

    /// <summary>Makes a reader at the end: it gets what comes from now on.</summary>
    public ConsoleReader ReadFromEnd() => new(Buffer, Buffer.End);

    /// <summary>Makes a reader at most so many bytes before the end.</summary>
    public ConsoleReader ReadTail(int bytes) => new(Buffer, Math.Max(Buffer.Start, Buffer.End - bytes));

    /// <summary>Makes a reader at the last lines; a line that has not ended is one.</summary>
    public ConsoleReader ReadTailLines(int lines) => new(Buffer, Buffer.FindTail(lines));

    /// <summary>Waits until the pipe is open.</summary>
    /// <exception cref="ConsolePipeException">
    /// It cannot be had: at once where access is denied, after a grace where it stays in use, else when the time has passed.
    /// </exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public void WaitUntilConnected(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(Wake);
        var deadline = new Deadline(timeout);
        lock (_gate)
        {
            while (_state != ConsoleCaptureState.Connected)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_state == ConsoleCaptureState.Ended || deadline.HasPassed || IsHopeless())
                {
                    throw NotConnected();
                }

                Monitor.Wait(_gate, deadline.Limit(BusyGrace));
            }
        }
    }

    /// <summary>Sends bytes to the guest, all of them before those of another caller.</summary>
    /// <exception cref="ConsolePipeException">The pipe is not open, or ended on the way.</exception>
    /// <exception cref="OperationCanceledException">It was canceled; part of the bytes may have been sent.</exception>
    public void Send(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        SendAlone(pipe => pipe.Write(buffer, offset, count, cancellationToken), cancellationToken);

    /// <summary>Sends bytes slowly enough for a guest without flow control, which drops what it cannot hold.</summary>
    /// <inheritdoc cref="Send"/>
    public void SendPaced(byte[] buffer, int bytesPerSecond, CancellationToken cancellationToken) => SendAlone(
        pipe =>
        {
            for (var sent = 0; sent < buffer.Length; sent += PacedPiece)
            {
                var count = Math.Min(PacedPiece, buffer.Length - sent);
                pipe.Write(buffer, sent, count, cancellationToken);
                cancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds((double)count / bytesPerSecond));
                cancellationToken.ThrowIfCancellationRequested();
            }
        },
        cancellationToken);

    /// <summary>
    /// Waits for one's turn to talk with the guest's shell: a conversation is more than one text that is sent.
    /// </summary>
    /// <returns>What ends the turn when disposed of.</returns>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public IDisposable TakeTurn(CancellationToken cancellationToken)
    {
        _turn.Wait(cancellationToken);
        return new Turn(_turn);
    }

    /// <summary>Ends the capture and frees the pipe. What was captured can still be read.</summary>
    public void End(ConsoleEndReason reason)
    {
        BeginEnd(reason);
        Join();
    }

    /// <summary>Ends the capture without waiting for its thread.</summary>
    public void BeginEnd(ConsoleEndReason reason)
    {
        bool isThreadless;
        lock (_gate)
        {
            isThreadless = _thread is null && _endReason is null;
            _endReason ??= reason;
        }

        _ending.Cancel();
        lock (_gate)
        {
            _pipe?.Dispose();
        }

        if (isThreadless)
        {
            OnEnded();
        }
    }

    /// <summary>Waits a moment for the thread to have written all it read.</summary>
    public void Join()
    {
        Thread? thread;
        lock (_gate)
        {
            thread = _thread;
        }

        if (Thread.CurrentThread != thread)
        {
            thread?.Join(JoinTimeout);
        }
    }

    /// <summary>Ends the capture.</summary>
    public void Dispose() => End(ConsoleEndReason.Disconnected);

    private void SendAlone(Action<ConsolePipe> send, CancellationToken cancellationToken)
    {
        _sending.Wait(cancellationToken);
        try
        {
            ConsolePipe pipe;
            lock (_gate)
            {
                pipe = _pipe ?? throw NotConnected();
            }

            send(pipe);
        }
        finally
        {
            _sending.Release();
        }
    }

    private void LookOut() => ConsolePipeLookout.Of(_path.Host).Add(TryBegin);

    /// <summary>Gives the capture its thread if the pipe is there.</summary>
    /// <returns>Whether nobody needs to look for the pipe any more.</returns>
    private bool TryBegin()
    {
        if (!_ending.IsCancellationRequested && !ConsolePipe.Exists(_path))
        {
            return false;
        }

        lock (_gate)
        {
            if (_endReason is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = $"Console of {Options.VMName}" };
                _thread.Start();
            }

            return true;
        }
    }

    private void Run()
    {
        try
        {
            while (ConsolePipe.Open(_path, OnAttemptFailed, _ending.Token) is { } pipe)
            {
                Use(pipe);
            }

            if (TryLeave())
            {
                LookOut();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The end that was asked for.
        }
        catch (Exception exception)
        {
            Failure = exception;
        }

        OnEnded();
    }

    private void Use(ConsolePipe opened)
    {
        using var pipe = opened;
        OnConnected(pipe);
        var received = Drain(pipe);
        OnDisconnected();
        if (!received)
        {
            _ending.Token.WaitHandle.WaitOne(PauseAfterSilence);
        }
    }

    /// <summary>Takes the thread from the capture, unless it is the one who has to end it.</summary>
    private bool TryLeave()
    {
        lock (_gate)
        {
            if (_endReason is null)
            {
                _thread = null;
            }

            return _thread is null;
        }
    }

    private bool Drain(ConsolePipe pipe)
    {
        var received = false;
        while (true)
        {
            var room = Buffer.Reserve();
            var count = pipe.Read(room.Array!, room.Offset, room.Count);
            if (count == 0)
            {
                return received;
            }

            received = true;
            Buffer.Commit(count, DateTime.UtcNow);
            _log?.Write(room.Array!, room.Offset, count);
        }
    }

    private void OnAttemptFailed(ConsolePipeException failure)
    {
        lock (_gate)
        {
            var changed = _lastFailure?.Reason != failure.Reason;
            _lastFailure = failure;
            if (changed)
            {
                _failing.Restart();
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void OnConnected(ConsolePipe pipe)
    {
        _hold ??= ConsoleHold.TryPublish(_path);
        _log?.Begin();
        Buffer.BeginBoot(DateTime.UtcNow);
        lock (_gate)
        {
            _ending.Token.ThrowIfCancellationRequested();
            _pipe = pipe;
            _lastFailure = null;
            Change(ConsoleCaptureState.Connected);
        }
    }

    private void OnDisconnected()
    {
        // Whoever has the pipe next, it is not known to be this process.
        _hold?.Dispose();
        _hold = null;
        lock (_gate)
        {
            _pipe = null;
            _lastFailure = new ConsolePipeException(ConsolePipeFailure.Ended, _path.Text);
            Change(ConsoleCaptureState.Connecting);
        }
    }

    private void OnEnded()
    {
        _log?.Dispose();
        _hold?.Dispose();
        lock (_gate)
        {
            _pipe = null;
            _endReason ??= ConsoleEndReason.Failed;
            Change(ConsoleCaptureState.Ended);
        }

        Buffer.Complete();
    }

    private void Change(ConsoleCaptureState state)
    {
        _state = state;
        _inState.Restart();
        Monitor.PulseAll(_gate);
    }

    private bool IsHopeless() => _lastFailure?.Reason switch
    {
        ConsolePipeFailure.AccessDenied => true,
        ConsolePipeFailure.InUse => _failing.Elapsed >= BusyGrace,
        _ => false,
    };

    private ConsolePipeException NotConnected()
    {
        var failure = _lastFailure
            ?? (Failure as ConsolePipeException)
            ?? new ConsolePipeException(ConsolePipeFailure.NotFound, _path.Text);
        return failure.Reason == ConsolePipeFailure.InUse && ConsoleHold.Find(_path) is { } holder
            ? failure.With(holder)
            : failure;
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
