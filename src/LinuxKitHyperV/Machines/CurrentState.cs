using System;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Machines;

/// <summary>What a VM can be found to be, where something is refused or forced if it is not.</summary>
internal enum MachineCondition
{
    /// <summary>No guest of it runs, and it gets none by itself.</summary>
    AtRest,

    /// <summary>It is not at rest, though its guest may be paused.</summary>
    On,

    /// <summary>Its guest runs.</summary>
    Running,
}

/// <summary>Tells what a VM is now.</summary>
/// <remarks>
/// What Hyper-V's objects tell may be some seconds old, unless this process has changed the VM itself: a guest that has shut itself
/// down is still said to run. So whatever would refuse something because of a VM's state, or pull its plug, asks here.
/// </remarks>
internal sealed class CurrentState(IHyperV hyperV, PatientWait wait)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    private readonly MachineFinder _finder = new(hyperV);

    /// <summary>Whether a VM meets a condition. Where it does not seem to, it is looked at until what is seen is not older than the question.</summary>
    /// <exception cref="LinuxKitException">The VM is gone, or is no longer one of this module's.</exception>
    public bool Is(MachineCondition condition, LinuxKitMachine machine) =>
        Meets(condition, machine) ||
        (hyperV.PropertyAge > TimeSpan.Zero && !IsRuledOut(condition, machine) && Until($"Hyper-V to tell the state of '{machine.Name}'", () => Meets(condition, _finder.Again(machine.Object))));

    /// <summary>Whether something comes true that Hyper-V's objects tell, before what was first seen of it is certainly out of date.</summary>
    public bool Until(string what, Func<bool> look) => wait.Until(what, hyperV.PropertyAge, LookInterval, look);

    /// <summary>Whether a VM is seen to be at rest, and nothing speaks against it.</summary>
    public static bool IsAtRest(LinuxKitMachine machine) => machine.Object.IsAtRest() && IsOnByPipe(machine) != true;

    private static bool Meets(MachineCondition condition, LinuxKitMachine machine) => condition switch
    {
        MachineCondition.AtRest => machine.Object.IsAtRest(),
        MachineCondition.On => !machine.Object.IsAtRest(),
        _ => machine.Object.State() == "Running",
    };

    private static bool IsRuledOut(MachineCondition condition, LinuxKitMachine machine) =>
        IsOnByPipe(machine) == (condition == MachineCondition.AtRest);

    /// <summary>Whether a VM is on, by the pipe of its console, which is there at once and gone at once; null where that is not to be seen.</summary>
    private static bool? IsOnByPipe(LinuxKitMachine machine) =>
        machine.Host.IsLocal && machine.ConsolePipe.Length > 0 ? MachineConsole.HasPipe(machine) : null;
}
