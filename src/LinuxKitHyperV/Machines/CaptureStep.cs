using System;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>A step that begins to capture a VM's console: before the VM starts, since what nobody reads is lost.</summary>
/// <param name="Machine">The VM.</param>
/// <param name="OwnerId">The runspace that the capture belongs to.</param>
/// <param name="Log">Where it is logged; null for nowhere.</param>
internal sealed record CaptureStep(CallOutput Machine, Guid OwnerId, ConsoleLogOptions? Log) : PlanStep("Capture its console")
{
    /// <inheritdoc/>
    public override void Run(IHyperV hyperV, CallOutputs outputs) =>
        MachineConsole.Capture(LinuxKitMachine.From(outputs[Machine])!, OwnerId, Log);
}

/// <summary>Ends the capture of a VM's console.</summary>
/// <param name="Machine">The VM.</param>
internal sealed record EndCaptureUndo(CallOutput Machine) : Undo("the capture of the console", "It ends with this process.")
{
    /// <inheritdoc/>
    public override void Run(IHyperV hyperV, CallOutputs outputs) =>
        MachineConsole.Forget(LinuxKitMachine.From(outputs[Machine])!, ConsoleEndReason.VMRemoved);
}
