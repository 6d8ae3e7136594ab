using System;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Stops VMs that this module made: by their guest's shutdown service, or by turning them off.</summary>
[Cmdlet(VerbsLifecycle.Stop, "LinuxKitVM", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(LinuxKitMachine.TypeName, HyperVObject.VirtualMachineTypeName)]
public sealed class StopLinuxKitVMCommand : MachineCommand
{
    /// <summary>Turns the VM off at once, as by pulling its plug.</summary>
    [Parameter]
    public SwitchParameter TurnOff { get; set; }

    /// <summary>How long the guest may take to shut down, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 60;

    /// <summary>Turns the VM off if its guest does not shut down in time.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the VM.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine)
    {
        if (!ShouldProcess(machine.Name, TurnOff ? "Turn off" : "Shut down"))
        {
            return;
        }

        switch (machine.Object.State())
        {
            case "Off":
                WriteWarning($"The VM '{machine.Name}' is off already.");
                break;
            case "Running" when !TurnOff:
                ShutDown(machine);
                break;
            default:
                // A guest that is saved or paused cannot shut itself down.
                if (!TurnOff && !Force)
                {
                    throw new LinuxKitException(
                        "VMNotRunning",
                        FailureKind.InvalidOperation,
                        $"The VM '{machine.Name}' is {machine.Object.State().ToLowerInvariant()}, and its guest cannot shut down.",
                        machine.Name,
                        "Start it first, or use -TurnOff, which loses what its guest had not written to a disk.");
                }

                PullPlug(machine);
                break;
        }

        if (PassThru)
        {
            WriteObject(machine.Decorate());
        }
    }

    private void ShutDown(LinuxKitMachine machine)
    {
        if (TryShutDown(machine) is not { } failure)
        {
            return;
        }

        if (!Force)
        {
            throw failure;
        }

        WriteVerbose($"{failure.Message} It is turned off.");
        PullPlug(machine);
    }

    /// <returns>Why the guest did not shut down; null if it did.</returns>
    private LinuxKitException? TryShutDown(LinuxKitMachine machine)
    {
        if (!HasShutdownService(machine))
        {
            return new LinuxKitException(
                "VMShutdownServiceMissing",
                FailureKind.ResourceUnavailable,
                $"The guest of the VM '{machine.Name}' has no shutdown service that answers.",
                machine.Name,
                "Wait until it has booted; or use -Force or -TurnOff, which lose what it had not written to a disk.");
        }

        // Where the guest does not answer, Stop-VM asks a question that -Confirm:$false does not answer, and -Force does.
        var call = new HyperVCall(HyperVCommand.StopVM) { { "VM", machine.Object }, { "Force", true } };
        return HyperV.InvokeWithin(call, TimeSpan.FromSeconds(TimeoutSec)) switch
        {
            null => new LinuxKitException(
                "VMShutdownTimeout",
                FailureKind.OperationTimeout,
                $"The guest of the VM '{machine.Name}' did not shut down in {TimeoutSec} s.",
                machine.Name,
                "Give it more time with -TimeoutSec, or use -Force to have it turned off then."),
            { FirstError: { } error } => HyperVErrors.Translate(error, new CallFailure(
                "VMShutdownFailed",
                $"The VM '{machine.Name}' could not be shut down.",
                machine.Name,
                "Use -Force or -TurnOff to have it turned off.")),
            _ => null,
        };
    }

    private bool HasShutdownService(LinuxKitMachine machine)
    {
        var services = Call(
            new HyperVCall(HyperVCommand.GetVMIntegrationService) { { "VM", machine.Object } },
            new CallFailure("VMQueryFailed", $"The integration services of the VM '{machine.Name}' could not be read.", machine.Name, "Use -TurnOff to do without."));
        return services.Any(service =>
            service.Text("Id").EndsWith(IntegrationServiceId.Shutdown, StringComparison.OrdinalIgnoreCase) &&
            service.Text("Enabled") == bool.TrueString &&
            service.Text("PrimaryOperationalStatus") == "Ok");
    }

    private void PullPlug(LinuxKitMachine machine) => Call(
        new HyperVCall(HyperVCommand.StopVM) { { "VM", machine.Object }, { "TurnOff", true }, { "Force", true } },
        new CallFailure("VMTurnOffFailed", $"The VM '{machine.Name}' could not be turned off.", machine.Name, "Look at its state with Get-VM, and try again."));
}
