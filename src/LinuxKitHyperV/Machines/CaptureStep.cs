using System;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>How a console is captured.</summary>
/// <param name="OwnerId">The runspace that the capture belongs to.</param>
/// <param name="Log">Where it is logged; null for nowhere.</param>
internal sealed record CaptureRequest(Guid OwnerId, ConsoleLogOptions? Log = null);

/// <summary>A step that begins to capture a VM's console: before the VM starts, since what nobody reads is lost.</summary>
/// <param name="Machine">Finds the VM.</param>
/// <param name="MachineName">The VM's name.</param>
/// <param name="Request">How it is captured.</param>
internal sealed record CaptureStep(Func<CallOutputs, LinuxKitMachine> Machine, string MachineName, CaptureRequest Request) : PlanStep(
    ConsoleLogFile.Of(Request.Log, MachineName) is { } log ? $"Capture its console, and log it to '{log.Path}'" : "Capture its console")
{
    /// <inheritdoc/>
    public override void Run(IHyperV hyperV, CallOutputs outputs) =>
        MachineConsole.Capture(Machine(outputs), Request.OwnerId, Request.Log);
}

/// <summary>Ends the capture of a VM's console.</summary>
/// <param name="Machine">Finds the VM.</param>
/// <param name="Reason">Why; of a VM that is removed nothing is kept.</param>
internal sealed record EndCaptureUndo(Func<CallOutputs, LinuxKitMachine> Machine, ConsoleEndReason Reason) : Undo(
    "the capture of the console",
    "It ends with this process.")
{
    /// <inheritdoc/>
    public override void Run(IHyperV hyperV, CallOutputs outputs)
    {
        if (Reason == ConsoleEndReason.VMRemoved)
        {
            MachineConsole.Forget(Machine(outputs), Reason);
        }
        else
        {
            MachineConsole.End(Machine(outputs), Reason);
        }
    }
}
