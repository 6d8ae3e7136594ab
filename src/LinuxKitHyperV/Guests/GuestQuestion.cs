using System;
using System.Collections.Generic;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Console.Shell;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Networking;

namespace LinuxKitHyperV.Guests;

/// <summary>Asks guests for their addresses.</summary>
internal interface IGuestQuestion
{
    /// <summary>What <see cref="GuestAddress.Command"/> prints in a guest.</summary>
    /// <exception cref="LinuxKitException">The console cannot be opened, or no shell answers.</exception>
    string Ask(LinuxKitMachine machine);
}

/// <summary>Asks by a command in the shell on the guest's console.</summary>
/// <param name="hyperV">Hyper-V.</param>
/// <param name="current">What VMs are now.</param>
/// <param name="patience">How long to wait for a shell: one that does not answer by then has no prompt on the console.</param>
/// <param name="stopping">Is canceled when the pipeline is stopped.</param>
internal sealed class GuestQuestion(IHyperV hyperV, CurrentState current, TimeSpan patience, CancellationToken stopping) : IGuestQuestion
{
    // ip answers at once, where it is there at all.
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public string Ask(LinuxKitMachine machine)
    {
        var console = new GuestConsole(machine, hyperV, current, stopping);
        var capture = console.Open();
        var command = new ConsoleCommand
        {
            Script = GuestAddress.Command,
            ShellTimeout = patience,
            Timeout = CommandTimeout,
            WhileAway = () => console.EndIfStopped(capture),
        };
        return console.Guard(() => ConsoleShell.Run(capture, command, stopping)).Output;
    }
}

/// <summary>Asks at most once in five seconds: each question is typed on the console.</summary>
/// <param name="question">The question.</param>
internal sealed class RepeatedQuestion(IGuestQuestion question) : IGuestQuestion
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Guid, Deadline> _pauses = [];

    /// <summary>What the guest answers; nothing where it does not, or was asked just now.</summary>
    public string Ask(LinuxKitMachine machine)
    {
        if (_pauses.TryGetValue(machine.Id, out var pause) && !pause.HasPassed)
        {
            return string.Empty;
        }

        try
        {
            return question.Ask(machine);
        }
        catch (LinuxKitException)
        {
            // A guest that boots has no shell yet, and another source may know.
            return string.Empty;
        }
        finally
        {
            _pauses[machine.Id] = new Deadline(Pause);
        }
    }
}
