using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>A VM is off. A saved one does not go off by itself.</summary>
internal sealed class OffGoal : MachineGoal
{
    /// <inheritdoc/>
    public override string Description => "the state Off";

    /// <inheritdoc/>
    public override bool IsReached(LinuxKitMachine machine) => machine.Object.IsSaved() ? throw Unreachable(machine) : machine.Object.IsOff();
}
