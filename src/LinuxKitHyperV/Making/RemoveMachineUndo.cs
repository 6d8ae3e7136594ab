using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Making;

/// <summary>Removes a VM that was made, running or not.</summary>
/// <param name="Machine">The VM, if the call that made it has returned.</param>
/// <param name="UnfinishedName">The name under which it was made: a stopped call may have done its work without returning it.</param>
/// <param name="Host">The host that it was made on.</param>
internal sealed record RemoveMachineUndo(StepOutput<PSObject> Machine, string UnfinishedName, HyperVHost Host) : Undo(
    $"the VM '{UnfinishedName}'",
    "Remove it with Remove-LinuxKitVM -Force.")
{
    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        var found = context.HyperV.Invoke(context.Find(Machine) is { } machine
            ? Host.GetMachine(machine.Id())
            : Host.GetMachines(ExactName.ToPattern(UnfinishedName)));
        if (found.FirstError is not { } error || !HyperVErrors.IsNotFound(error))
        {
            found.ThrowIfFailed();
        }

        foreach (var left in found.Output)
        {
            if (left.State() != "Off")
            {
                context.HyperV.Invoke(HyperVCall.TurnOff(left)).ThrowIfFailed();
            }

            context.HyperV.Invoke(HyperVCall.Remove(left)).ThrowIfFailed();
        }
    }
}
