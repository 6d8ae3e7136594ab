using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>Removes a VM that was made, running or not.</summary>
/// <param name="Machine">The VM, if the call that made it has returned.</param>
/// <param name="UnfinishedName">The name under which it was made: a stopped call may have done its work without returning it.</param>
/// <param name="Host">The host that it was made on.</param>
internal sealed record RemoveMachineUndo(CallOutput Machine, string UnfinishedName, HyperVHost Host) : Undo(
    $"the VM '{UnfinishedName}'",
    "Remove it with Remove-LinuxKitVM -Force.")
{
    /// <inheritdoc/>
    public override void Run(IHyperV hyperV, CallOutputs outputs)
    {
        var find = outputs.Find(Machine) is { } machine
            ? Host.GetMachine(machine.Id())
            : Host.GetMachines(ExactName.ToPattern(UnfinishedName));
        var found = hyperV.InvokeUndo(find);
        if (found.FirstError is { } error && !HyperVErrors.IsNotFound(error))
        {
            throw error.Exception;
        }

        foreach (var left in found.Output)
        {
            if (left.State() != "Off")
            {
                Throw(hyperV.InvokeUndo(new HyperVCall(HyperVCommand.StopVM) { { "VM", left }, { "TurnOff", true }, { "Force", true } }));
            }

            Throw(hyperV.InvokeUndo(new HyperVCall(HyperVCommand.RemoveVM) { { "VM", left }, { "Force", true } }));
        }
    }

    private static void Throw(HyperVResult result)
    {
        if (result.FirstError is { } error)
        {
            throw error.Exception;
        }
    }
}
