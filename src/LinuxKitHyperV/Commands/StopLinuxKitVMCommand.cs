using System;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Commands;

/// <summary>Stops VMs that this module made: by their guest's shutdown service, or by turning them off.</summary>
[Cmdlet(VerbsLifecycle.Stop, "LinuxKitVM", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(LinuxKitMachine.TypeName, HyperVObject.VirtualMachineTypeName)]
public sealed class StopLinuxKitVMCommand : MachineCommand
{
    private const int ShutdownProgressId = 0x4C53;

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
    protected override void ProcessRecord() =>
        WithProgress(TurnOff ? "Turn off" : "Shut down", Find(Selection), machine => machine.Name, Process);

    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine)
    {
        if (IsOff(machine))
        {
            WriteWarning($"The VM '{machine.Name}' is off already.");
        }
        else if (!TurnOff && Current.Is(MachineCondition.Running, machine))
        {
            if (!ShouldProcess(machine.Name, Force ? $"Shut down, or turn off if the guest does not in {TimeoutSec} s" : "Shut down"))
            {
                return;
            }

            ShutDown(machine);
        }
        else
        {
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

            if (!ShouldProcess(machine.Name, "Turn off"))
            {
                return;
            }

            PowerOff(machine);
        }

        if (PassThru)
        {
            WriteObject(machine.Decorate());
        }
    }

    private bool IsOff(LinuxKitMachine machine) => machine.Object.IsOff() && !Current.Is(MachineCondition.On, machine);

    private void ShutDown(LinuxKitMachine machine)
    {
        var ask = new ShutDownStep(machine, TimeSpan.FromSeconds(TimeoutSec));
        var context = NewContext();
        WhileShowing(
            new ProgressRecord(ShutdownProgressId, $"Wait for the guest of '{machine.Name}' to shut down", $"At most {TimeoutSec} s") { ParentActivityId = ProgressId },
            () => PlanRunner.Run([ask], context));
        if (context.Find(ask.Failure) is not { } failure)
        {
            return;
        }

        if (!Force)
        {
            throw failure;
        }

        WriteVerbose(failure.Message);
        PowerOff(machine);
    }

    private void PowerOff(LinuxKitMachine machine) =>
        PlanRunner.RunThrough([new TurnOffStep(machine)], NewContext());
}
