using System;
using System.Management.Automation;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Networking;

namespace LinuxKitHyperV.Commands;

/// <summary>The IP addresses of VMs' guests, and who said so.</summary>
[Cmdlet(VerbsCommon.Get, "LinuxKitIPAddress", DefaultParameterSetName = NameSet)]
[OutputType(typeof(LinuxKitIPAddress))]
public sealed class GetLinuxKitIPAddressCommand : MachineCommand
{
    private static readonly TimeSpan ShellPatience = TimeSpan.FromSeconds(15);

    private AddressFinder? _finder;

    /// <summary>Also asks the guest, by a command in the shell on its console.</summary>
    [Parameter]
    public SwitchParameter UseConsole { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine)
    {
        if (!Current.Is(MachineCondition.On, machine))
        {
            throw new LinuxKitException(
                "VMNotRunning",
                FailureKind.InvalidOperation,
                $"The VM '{machine.Name}' does not run, and its guest has no address.",
                machine.Name,
                $"Start it with Start-LinuxKitVM -Name '{machine.Name}'.");
        }

        _finder ??= new AddressFinder(HyperV, UseConsole ? new GuestQuestion(HyperV, Current, ShellPatience, StoppingToken) : null, StoppingToken);
        var addresses = _finder.Find(machine);
        if (addresses.Count == 0)
        {
            throw new LinuxKitException(
                "IPAddressNotFound",
                FailureKind.ObjectNotFound,
                $"Nobody knows an IP address of the VM '{machine.Name}'.",
                machine.Name,
                $"Wait for it with Wait-LinuxKitVM -For IPAddress{(UseConsole ? string.Empty : ", or ask the guest with -UseConsole")}.");
        }

        WriteObject(addresses, enumerateCollection: true);
    }
}
