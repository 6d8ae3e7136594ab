using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Attaches this terminal to a VM's serial console; without a terminal, copies the console to the output.</summary>
[Cmdlet(VerbsCommunications.Connect, "LinuxKitConsole", DefaultParameterSetName = NameSet)]
[OutputType(typeof(string))]
public sealed class ConnectLinuxKitConsoleCommand : MachineCommand
{
    /// <summary>The key that leaves the console and never reaches the guest, such as Ctrl+] or ^A.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string EscapeKey { get; set; } = "Ctrl+]";

    /// <summary>Without a terminal: how long the console is copied, in seconds; by default until the VM stops.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine)
    {
        if (!ConsoleKeyName.TryParse(EscapeKey, out var escapeKey))
        {
            throw new LinuxKitException(
                "InvalidEscapeKey",
                FailureKind.InvalidArgument,
                $"'{EscapeKey}' is no key that can leave a console.",
                EscapeKey,
                "Use Ctrl with a letter or one of @ [ \\ ] ^ _, as in Ctrl+].");
        }

        if (machine.Object.State() is "Off" or "Saved")
        {
            throw new LinuxKitException(
                "VMNotRunning",
                FailureKind.InvalidOperation,
                $"The VM '{machine.Name}' is {machine.Object.State().ToLowerInvariant()}: its console is there while it runs.",
                machine.Name,
                $"Start it with Start-LinuxKitVM -Name '{machine.Name}' -Console.");
        }

        var existing = MachineConsole.Find(machine);
        var capture = existing ?? MachineConsole.Capture(machine, Runspace.DefaultRunspace.InstanceId);
        try
        {
            new ConsoleAttachment(machine, HyperV, StoppingToken).Run(
                capture,
                escapeKey,
                TimeoutSec == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(TimeoutSec),
                WriteObject);
        }
        finally
        {
            // A capture that was begun for this cmdlet alone goes with it, and leaves the pipe to others.
            if (existing is null)
            {
                MachineConsole.Forget(machine, ConsoleEndReason.Disconnected);
            }
        }
    }
}
