using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace Sandbox;

/// <summary>
/// Turns the signals that end a program into the stop of what the program is doing, so that its undo runs.
/// Further signals while it stops change nothing.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int SignalExitBase = 128;
    private const int Hangup = SignalExitBase + 1;
    private const int Interrupt = SignalExitBase + 2;
    private const int Termination = SignalExitBase + 15;

    private readonly Stack<CancellationTokenSource> _activities = [];
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, Interrupt, endsProgram: false)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, Termination, endsProgram: true)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => OnSignal(context, Hangup, endsProgram: true)),
        ];
    }

    /// <summary>The exit code of a program that a signal stopped as a whole, not only in an inner activity; null before.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Cancelled when the innermost activity is to stop.</summary>
    public CancellationToken Token
    {
        get
        {
            lock (_activities)
            {
                return _activities.TryPeek(out var innermost) ? innermost.Token : CancellationToken.None;
            }
        }
    }

    /// <summary>Begins something that a signal stops, until the result is disposed. Activities nest.</summary>
    public IDisposable Begin()
    {
        lock (_activities)
        {
            var activity = new CancellationTokenSource();
            _activities.Push(activity);
            if (ExitCode is not null)
            {
                activity.Cancel();
            }

            return new Activity(this);
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void OnSignal(PosixSignalContext context, int exitCode, bool endsProgram)
    {
        context.Cancel = true;

        CancellationTokenSource[] stopped;
        lock (_activities)
        {
            if (endsProgram || _activities.Count <= 1)
            {
                ExitCode ??= exitCode;
            }

            stopped = endsProgram ? _activities.ToArray() : _activities.TryPeek(out var innermost) ? [innermost] : [];
        }

        foreach (var activity in stopped)
        {
            activity.Cancel();
        }
    }

    private void End()
    {
        lock (_activities)
        {
            _activities.Pop();
        }
    }

    private sealed class Activity(Interruption owner) : IDisposable
    {
        public void Dispose() => owner.End();
    }
}
