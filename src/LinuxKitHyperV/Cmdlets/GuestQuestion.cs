using System;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Networking;

namespace LinuxKitHyperV.Commands;

/// <summary>Asks guests for their addresses, by a command in the shell on their consoles.</summary>
/// <param name="hyperV">Hyper-V.</param>
/// <param name="stopping">Is canceled when the pipeline is stopped.</param>
internal sealed class GuestQuestion(IHyperV hyperV, CancellationToken stopping)
{
    // ip answers at once, where it is there at all.
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(15);

    /// <summary>What <see cref="GuestAddress.Command"/> prints.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="patience">How long to wait for a shell: one that does not answer by then has no prompt on the console.</param>
    /// <exception cref="LinuxKitException">The console cannot be opened, or no shell answers.</exception>
    public string Ask(LinuxKitMachine machine, TimeSpan patience)
    {
        var use = new ConsoleUse(machine, hyperV, stopping);
        var capture = use.Open();
        var command = new ConsoleCommand
        {
            Script = GuestAddress.Command,
            ShellTimeout = patience,
            Timeout = CommandTimeout,
            WhileAway = () => use.EndIfStopped(capture),
        };
        return use.Guard(() => ConsoleShell.Run(capture, command, stopping)).Output;
    }
}
