using System;
using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>A VM is in one of some states.</summary>
/// <param name="states">Their names.</param>
/// <param name="deadEnd">A state from which no VM gets there by itself; null for none.</param>
internal sealed class StateGoal(IReadOnlyList<string> states, string? deadEnd = null) : MachineGoal
{
    /// <summary>The VM is off. A saved one does not go off by itself.</summary>
    public static StateGoal Off { get; } = new(["Off"], deadEnd: "Saved");

    /// <inheritdoc/>
    public override string Description => $"the state {string.Join(" or ", states)}";

    /// <inheritdoc/>
    public override bool IsReached(LinuxKitMachine machine)
    {
        var state = machine.Object.State();
        return state == deadEnd ? throw Unreachable(machine) : states.Contains(state, StringComparer.OrdinalIgnoreCase);
    }
}
