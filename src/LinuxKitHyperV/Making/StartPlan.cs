using System.Collections.Generic;
using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Making;

/// <summary>The steps that start a VM, and capture its console from before that.</summary>
internal static class StartPlan
{
    /// <summary>Starts a VM that the steps before have made.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="machine">The VM as ours.</param>
    /// <param name="made">What it is called in the steps' calls.</param>
    /// <param name="capture">How the console is captured; null for no capture.</param>
    public static IEnumerable<PlanStep> New(string name, IPlanValue<LinuxKitMachine> machine, StepOutput<PSObject> made, CaptureRequest? capture)
    {
        if (capture is not null)
        {
            yield return new CaptureStep(machine, name, capture) { Undo = new EndCaptureUndo(machine, ConsoleEndReason.VMRemoved) };
        }

        yield return Start("Start it", HyperVCommand.StartVM, name, made, made);
    }

    /// <summary>Starts a VM that exists: what is paused is resumed, and what is saved goes on from there by Start-VM.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="started">What it is called when it runs.</param>
    /// <param name="capture">How the console is captured; null for no capture.</param>
    public static IEnumerable<PlanStep> Existing(LinuxKitMachine machine, StepOutput<PSObject> started, CaptureRequest? capture)
    {
        if (capture is not null)
        {
            // A capture that there is already is not this start's to end.
            var known = new Known<LinuxKitMachine>(machine);
            var undo = MachineConsole.Find(machine) is null ? new EndCaptureUndo(known, ConsoleEndReason.VMStopped) : null;
            yield return new CaptureStep(known, machine.Name, capture) { Undo = undo };
        }

        yield return machine.Object.IsPaused()
            ? Start($"Resume the VM '{machine.Name}'", HyperVCommand.ResumeVM, machine.Name, machine.Object, started)
            : Start($"Start the VM '{machine.Name}'", HyperVCommand.StartVM, machine.Name, machine.Object, started);
    }

    private static CallStep Start(string description, string command, string name, object machine, StepOutput<PSObject> started) =>
        new(description, new HyperVCall(command) { { "VM", machine }, { "Passthru", true } }, Failure(name)) { Output = started };

    private static CallFailure Failure(string name) => new(
        "VMStartFailed",
        $"The VM '{name}' could not be started.",
        name,
        $"Check that its image and its disks are there and that nothing else uses them. {DiskPlan.KeepPlain} {HostRemedy.Inspect} If the hypervisor does not run: {HostRemedy.StartHypervisor} The event log Microsoft-Windows-Hyper-V-Worker-Admin may say more.")
    {
        Remedies = new Dictionary<FailureKind, string>
        {
            [FailureKind.ResourceUnavailable] = $"{HostRemedy.FreeMemory} {HostRemedy.Inspect}",
            [FailureKind.ResourceBusy] = "Stop what uses its disks or its image: another VM, a backup, a mounted disk.",
            [FailureKind.ObjectNotFound] = TurnOffStep.GoneRemedy,
            [FailureKind.PermissionDenied] = "Attach its disks and its image again: Hyper-V gives a VM access to a file when it attaches it.",
        },
    };
}

/// <summary>A step that begins to capture a VM's console: before the VM starts, since what nobody reads is lost.</summary>
/// <param name="Machine">The VM.</param>
/// <param name="MachineName">The VM's name.</param>
/// <param name="Request">How it is captured.</param>
internal sealed record CaptureStep(IPlanValue<LinuxKitMachine> Machine, string MachineName, CaptureRequest Request) : PlanStep(
    ConsoleLogFile.Of(Request.Log, MachineName) is { } log ? $"Capture its console, and log it to '{log.Path}'" : "Capture its console")
{
    /// <inheritdoc/>
    public override void Run(PlanContext context) => MachineConsole.Capture(Machine.In(context), Request.OwnerId, Request.Log);
}

/// <summary>Ends the capture of a VM's console.</summary>
/// <param name="Machine">The VM.</param>
/// <param name="Reason">Why; of a VM that is removed nothing is kept.</param>
internal sealed record EndCaptureUndo(IPlanValue<LinuxKitMachine> Machine, ConsoleEndReason Reason) : Undo(
    "the capture of the console",
    "It ends with this process.")
{
    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        if (Reason == ConsoleEndReason.VMRemoved)
        {
            MachineConsole.Forget(Machine.In(context), Reason);
        }
        else
        {
            MachineConsole.End(Machine.In(context), Reason);
        }
    }
}
