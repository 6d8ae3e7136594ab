using System;
using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Waiting;

/// <summary>What VMs are waited for.</summary>
internal abstract class MachineGoal
{
    /// <summary>What is waited for, in words that follow "for".</summary>
    public abstract string Description { get; }

    /// <summary>Whether a VM has got there.</summary>
    /// <param name="machine">The VM, as Hyper-V knows it now.</param>
    /// <exception cref="LinuxKitException">It cannot get there any more.</exception>
    public abstract bool IsReached(LinuxKitMachine machine);

    /// <summary>The error for a VM whose state keeps it from the goal.</summary>
    private protected LinuxKitException Unreachable(LinuxKitMachine machine) => new(
        "VMNotRunning",
        FailureKind.InvalidOperation,
        $"The VM '{machine.Name}' was waited for to reach {Description}, and its state is {machine.Object.State()}.",
        machine.Name,
        $"Start it with Start-LinuxKitVM -Name '{machine.Name}', and read with Receive-LinuxKitConsole what its guest said last.");
}

/// <summary>A VM is in one of some states. Whoever waits for a state may bring the VM into it meanwhile: no other state is a dead end.</summary>
/// <param name="states">Their names.</param>
internal sealed class StateGoal(IReadOnlyList<string> states) : MachineGoal
{
    /// <inheritdoc/>
    public override string Description => $"the state {string.Join(" or ", states)}";

    /// <inheritdoc/>
    public override bool IsReached(LinuxKitMachine machine) => states.Contains(machine.Object.State(), StringComparer.OrdinalIgnoreCase);
}

/// <summary>A VM is off. A saved one does not go off by itself.</summary>
internal sealed class OffGoal(CurrentState current) : MachineGoal
{
    /// <inheritdoc/>
    public override string Description => "the state Off";

    /// <inheritdoc/>
    public override bool IsReached(LinuxKitMachine machine) =>
        machine.Object.IsSaved() && !current.Is(MachineCondition.On, machine) ? throw Unreachable(machine) : machine.Object.IsOff();
}
