using System.Collections.Generic;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>The steps that start a VM, and capture its console from before that.</summary>
internal static class StartPlan
{
    /// <summary>Starts a VM that the steps before have made.</summary>
    /// <param name="spec">What it was made to be.</param>
    /// <param name="machine">What it is called in the steps' calls.</param>
    /// <param name="capture">How the console is captured; null for no capture.</param>
    public static IEnumerable<PlanStep> New(MachineSpec spec, CallOutput machine, CaptureRequest? capture)
    {
        if (capture is not null)
        {
            LinuxKitMachine Find(CallOutputs outputs) => LinuxKitMachine.Made(spec, outputs[machine]);
            yield return new CaptureStep(Find, spec.Name, capture) { Undo = new EndCaptureUndo(Find, ConsoleEndReason.VMRemoved) };
        }

        yield return Start("Start it", HyperVCommand.StartVM, spec.Name, machine, machine);
    }

    /// <summary>Starts a VM that exists: what is paused is resumed, and what is saved goes on from there by Start-VM.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="started">What it is called when it runs.</param>
    /// <param name="capture">How the console is captured; null for no capture.</param>
    public static IEnumerable<PlanStep> Existing(LinuxKitMachine machine, CallOutput started, CaptureRequest? capture)
    {
        if (capture is not null)
        {
            // A capture that there is already is not this start's to end.
            var undo = MachineConsole.Find(machine) is null ? new EndCaptureUndo(_ => machine, ConsoleEndReason.VMStopped) : null;
            yield return new CaptureStep(_ => machine, machine.Name, capture) { Undo = undo };
        }

        yield return machine.Object.State() == "Paused"
            ? Start($"Resume the VM '{machine.Name}'", HyperVCommand.ResumeVM, machine.Name, machine.Object, started)
            : Start($"Start the VM '{machine.Name}'", HyperVCommand.StartVM, machine.Name, machine.Object, started);
    }

    private static CallStep Start(string description, string command, string name, object machine, CallOutput started) =>
        new(description, new HyperVCall(command) { { "VM", machine }, { "Passthru", true } }, Failure(name)) { Output = started };

    private static CallFailure Failure(string name) => new(
        "VMStartFailed",
        $"The VM '{name}' could not be started.",
        name,
        $"Check that its image and its disks are there and that nothing else uses them. {HostRemedy.Inspect} If the hypervisor does not run: {HostRemedy.StartHypervisor} The event log Microsoft-Windows-Hyper-V-Worker-Admin may say more.")
    {
        Remedies = new Dictionary<FailureKind, string>
        {
            [FailureKind.ResourceUnavailable] = $"{HostRemedy.FreeMemory} {HostRemedy.Inspect}",
            [FailureKind.ResourceBusy] = "Stop what uses its disks or its image: another VM, a backup, a mounted disk.",
            [FailureKind.ObjectNotFound] = MachinePower.GoneRemedy,
            [FailureKind.PermissionDenied] = "Attach its disks and its image again: Hyper-V gives a VM access to a file when it attaches it.",
        },
    };
}
