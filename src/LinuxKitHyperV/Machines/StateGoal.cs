using System;
using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>A VM is in one of some states. Whoever waits for a state may bring the VM into it meanwhile: no other state is a dead end.</summary>
/// <param name="states">Their names.</param>
internal sealed class StateGoal(IReadOnlyList<string> states) : MachineGoal
{
    /// <inheritdoc/>
    public override string Description => $"the state {string.Join(" or ", states)}";

    /// <inheritdoc/>
    public override bool IsReached(LinuxKitMachine machine) => states.Contains(machine.Object.State(), StringComparer.OrdinalIgnoreCase);
}
