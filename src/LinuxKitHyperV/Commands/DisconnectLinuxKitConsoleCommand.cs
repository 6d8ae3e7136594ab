using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Ends the capture of VMs' consoles in this process, and so frees their pipes.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "LinuxKitConsole", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectLinuxKitConsoleCommand : MachineCommand
{
    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine)
    {
        if (ShouldProcess(machine.Name, "End the capture of the console"))
        {
            MachineConsole.End(machine, ConsoleEndReason.Disconnected);
        }
    }
}
