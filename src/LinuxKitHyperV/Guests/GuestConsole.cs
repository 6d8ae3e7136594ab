using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Console.Shell;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Terminal;

namespace LinuxKitHyperV.Guests;

/// <summary>The console of one VM's guest, as a cmdlet uses it.</summary>
internal sealed class GuestConsole
{
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(15);

    private readonly LinuxKitMachine _machine;
    private readonly IHyperV _hyperV;
    private readonly CurrentState _current;
    private readonly CancellationToken _stopping;

    /// <summary>A console that asks Hyper-V whether the VM still runs.</summary>
    public GuestConsole(LinuxKitMachine machine, IHyperV hyperV, CurrentState current, CancellationToken stopping)
    {
        _machine = machine;
        _hyperV = hyperV;
        _current = current;
        _stopping = stopping;
    }

    private bool IsAtRest => _machine.Object.IsAtRest() && !_current.Is(MachineCondition.On, _machine);

    /// <summary>The capture of the VM's console: a living one; of a VM that is off, its last one; else a new one.</summary>
    /// <remarks>What a VM that runs has said in an earlier run is not what it says.</remarks>
    /// <exception cref="LinuxKitException">The VM does not run and was not captured, or its console cannot be opened.</exception>
    public ConsoleCapture OpenOrLastWords() =>
        (IsAtRest ? MachineConsole.FindAny(_machine) : MachineConsole.Find(_machine)) ?? Open();

    /// <summary>The capture of the VM's console, begun if there is none, and connected.</summary>
    /// <exception cref="LinuxKitException">The VM does not run, or its console cannot be opened.</exception>
    public ConsoleCapture Open()
    {
        if (IsAtRest)
        {
            throw new LinuxKitException(
                "VMNotRunning",
                FailureKind.InvalidOperation,
                $"The VM '{_machine.Name}' is {_machine.Object.State().ToLowerInvariant()}: its console is there while it runs.",
                _machine.Name,
                $"Start it with Start-LinuxKitVM -Name '{_machine.Name}'.");
        }

        return Guard(() => MachineConsole.Find(_machine) is { } capture ? Connected(capture) : Begin());
    }

    /// <summary>Does something with a console; failures become errors, and a stop of the pipeline stays one.</summary>
    public T Guard<T>(Func<T> function)
    {
        try
        {
            return function();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (ConsolePipeException exception)
        {
            throw ConsoleErrors.Translate(exception, _machine.Name);
        }
        catch (ConsoleShellException exception)
        {
            throw ConsoleErrors.Translate(exception, _machine.Name);
        }
    }

    /// <summary>Ends a capture whose VM is off or gone: the capture knows only its pipe, and this is the pipeline's thread.</summary>
    public void EndIfStopped(ConsoleCapture capture)
    {
        var found = _hyperV.Invoke(_machine.Host.GetMachine(_machine.Id));
        if (found.FirstError is { } error && HyperVErrors.IsNotFound(error))
        {
            capture.BeginEnd(ConsoleEndReason.VMRemoved);
        }
        else if (found.Output.Count == 1 && LinuxKitMachine.From(found.Output[0]) is { } now && CurrentState.IsAtRest(now))
        {
            capture.BeginEnd(ConsoleEndReason.VMStopped);
        }
    }

    /// <summary>Attaches the terminal, until it is left or the VM stops; without a terminal, or for a time, gives the console's lines.</summary>
    /// <param name="options">How the terminal is attached.</param>
    /// <param name="timeoutSec">How long to give the lines, in seconds; 0 attaches the terminal, and without one gives them until the VM stops.</param>
    /// <param name="writeLine">Takes the lines.</param>
    /// <exception cref="LinuxKitException">The console cannot be opened.</exception>
    public void Attach(ConsoleSessionOptions options, int timeoutSec, Action<string> writeLine)
    {
        var capture = Open();
        if (timeoutSec > 0 || !ProcessTerminal.IsAvailable)
        {
            Copy(capture, timeoutSec, writeLine);
            return;
        }

        Guard(() =>
        {
            using var terminal = ProcessTerminal.OpenRaw();
            return ConsoleSession.Run(capture, terminal, options with { WhileAway = () => EndIfStopped(capture) }, _stopping);
        });
    }

    private ConsoleCapture Connected(ConsoleCapture capture)
    {
        capture.WaitUntilConnected(OpenTimeout, _stopping);
        return capture;
    }

    private ConsoleCapture Begin()
    {
        var ended = MachineConsole.FindAny(_machine);
        try
        {
            return Connected(MachineConsole.Capture(_machine, Runspace.DefaultRunspace.InstanceId));
        }
        catch
        {
            // It would lie in wait for the pipe, and take it from whoever wants it next.
            MachineConsole.Forget(_machine, ConsoleEndReason.Disconnected);
            if (ended is not null)
            {
                ConsoleCaptures.PutBack(ended);
            }

            throw;
        }
    }

    private void Copy(ConsoleCapture capture, int timeoutSec, Action<string> writeLine)
    {
        var reader = new ConsoleLineReader(_machine.Name, capture.ReadFromStart());
        var away = new AwayWatch(capture, () => EndIfStopped(capture));
        var deadline = new Deadline(timeoutSec == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(timeoutSec));
        while (!reader.IsAtEnd && !deadline.HasPassed)
        {
            reader.LimitToNow();
            while (reader.TryRead(out var line))
            {
                writeLine(line.Text);
            }

            Guard(() => reader.Wait(deadline.Limit(AwayWatch.LookInterval), _stopping));
            away.Look();
        }

        if (reader.Flush() is { } last)
        {
            writeLine(last.Text);
        }
    }
}
