using System;
using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>A VM is in one of some states.</summary>
/// <param name="states">Their names.</param>
internal sealed class StateGoal(IReadOnlyList<string> states) : MachineGoal
{
    /// <summary>The VM is off.</summary>
    public static StateGoal Off { get; } = new(["Off"]);

    /// <inheritdoc/>
    public override string Description => $"the state {string.Join(" or ", states)}";

    /// <inheritdoc/>
    /// <remarks>Somebody may start a VM that is off; a saved one does not go off by itself.</remarks>
    public override bool IsReached(LinuxKitMachine machine)
    {
        var state = machine.Object.State();
        return states.Contains(state, StringComparer.OrdinalIgnoreCase) || (ReferenceEquals(this, Off) && state == "Saved" ? throw Unreachable(machine) : false);
    }
}
