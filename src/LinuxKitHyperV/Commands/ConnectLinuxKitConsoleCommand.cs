using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Terminal;

namespace LinuxKitHyperV.Commands;

/// <summary>Attaches this terminal to a VM's serial console; with -TimeoutSec or without a terminal, copies the console's lines to the output.</summary>
[Cmdlet(VerbsCommunications.Connect, "LinuxKitConsole", DefaultParameterSetName = NameSet)]
[OutputType(typeof(string))]
public sealed class ConnectLinuxKitConsoleCommand : MachineCommand
{
    private byte? _escapeKey;

    /// <summary>The key that leaves the console and never reaches the guest, such as Ctrl+] or ^A; None sends all that is typed to the guest.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EscapeKeyCompleter))]
    public string EscapeKey { get; set; } = EscapeKeyArgument.Default;

    /// <summary>Types stty into the guest's shell first, which tells it the size of this terminal.</summary>
    [Parameter]
    public SwitchParameter SetSize { get; set; }

    /// <summary>Copies the console to the output for so long, in seconds, and attaches no terminal.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    /// <summary>Opens the VM's screen in a window of its own instead, by Hyper-V's vmconnect.exe.</summary>
    [Parameter]
    public SwitchParameter Graphical { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Require(
            !Graphical || (TimeoutSec == 0 && !SetSize && !MyInvocation.BoundParameters.ContainsKey(nameof(EscapeKey))),
            nameof(Graphical),
            "-Graphical does not go with -EscapeKey, -SetSize and -TimeoutSec.");
        _escapeKey = EscapeKeyArgument.Read(this, EscapeKey);
    }

    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine)
    {
        if (Graphical)
        {
            GraphicalConsole.Open(machine, InvokeCommand.GetCommand(GraphicalConsole.Program, CommandTypes.Application)?.Definition);
            return;
        }

        if (SetSize && !ProcessTerminal.IsAvailable)
        {
            throw new LinuxKitException(
                "TerminalNotFound",
                FailureKind.InvalidOperation,
                "There is no terminal here of which the guest could be told the size.",
                machine.Name,
                "Run the cmdlet in a terminal, or leave -SetSize out.");
        }

        var isOurs = MachineConsole.Find(machine) is null;
        var options = new ConsoleSessionOptions { EscapeKey = _escapeKey, GuestSize = SetSize ? ProcessTerminal.Size : null };
        try
        {
            new GuestConsole(machine, HyperV, Current, StoppingToken).Attach(options, TimeoutSec, WriteObject, WriteWarning);
        }
        finally
        {
            // A capture that was begun for this cmdlet alone goes with it, and leaves the pipe to others.
            if (isOurs)
            {
                MachineConsole.Forget(machine, ConsoleEndReason.Disconnected);
            }
        }
    }
}
