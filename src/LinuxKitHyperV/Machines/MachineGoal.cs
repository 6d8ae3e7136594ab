using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>What VMs are waited for.</summary>
internal abstract class MachineGoal
{
    /// <summary>What is waited for, in words that follow "for".</summary>
    public abstract string Description { get; }

    /// <summary>Whether a VM has got there.</summary>
    /// <param name="machine">The VM, as Hyper-V knows it now.</param>
    /// <exception cref="LinuxKitException">It cannot get there any more.</exception>
    public abstract bool IsReached(LinuxKitMachine machine);

    /// <summary>A VM that cannot get there in the state that it is in.</summary>
    private protected LinuxKitException Unreachable(LinuxKitMachine machine) => new(
        "VMNotRunning",
        FailureKind.InvalidOperation,
        $"The VM '{machine.Name}' was waited for to reach {Description}, and its state is {machine.Object.State()}.",
        machine.Name,
        $"Start it with Start-LinuxKitVM -Name '{machine.Name}', and read with Receive-LinuxKitConsole what its guest said last.");
}
