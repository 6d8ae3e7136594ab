using System;
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

                MachinePower.TurnOff(machine, HyperV.Invoke);
                break;
        }

        if (PassThru)
        {
            WriteObject(machine.Decorate());
        }
    }

    private void ShutDown(LinuxKitMachine machine)
    {
        if (new MachinePower(HyperV).TryShutDown(machine, TimeSpan.FromSeconds(TimeoutSec)) is not { } failure)
        {
            return;
        }

        if (!Force)
        {
            throw failure;
        }

        WriteVerbose($"{failure.Message} It is turned off.");
        MachinePower.TurnOff(machine, HyperV.Invoke);
    }
}
