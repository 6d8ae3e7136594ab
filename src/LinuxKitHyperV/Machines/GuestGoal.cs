using System;
using System.Collections.Generic;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>What only a guest that boots can reach.</summary>
/// <param name="stopping">Is canceled when the pipeline is stopped.</param>
internal abstract class GuestGoal(CancellationToken stopping) : MachineGoal
{
    private readonly Dictionary<Guid, ConsoleWatch> _boots = [];

    /// <inheritdoc/>
    public sealed override bool IsReached(LinuxKitMachine machine)
    {
        if (machine.Object.IsAtRest())
        {
            throw Unreachable(machine);
        }

        if (IsReachedByGuest(machine))
        {
            return true;
        }

        RequireBoot(machine);
        return false;
    }

    /// <summary>Whether the guest of a VM that is on has got there.</summary>
    private protected abstract bool IsReachedByGuest(LinuxKitMachine machine);

    /// <summary>Ends the wait for a guest whose console has said that its boot failed, where this process captures it.</summary>
    private void RequireBoot(LinuxKitMachine machine)
    {
        if (!_boots.TryGetValue(machine.Id, out var boot))
        {
            if (MachineConsole.Find(machine) is not { } capture)
            {
                return;
            }

            boot = new ConsoleWatch(capture, capture.ReadFromStart(), []);
            _boots.Add(machine.Id, boot);
        }

        // Without time it looks at what has been said since the last look.
        var (errorId, what) = boot.Run(TimeSpan.Zero, stopping).End switch
        {
            ConsoleWatchEnd.KernelPanic => ("GuestKernelPanic", "its kernel panicked"),
            ConsoleWatchEnd.EmergencyShell => ("GuestEmergencyShell", "its boot failed and left an emergency shell"),
            _ => (null, null),
        };
        if (errorId is not null)
        {
            throw new LinuxKitException(
                errorId,
                FailureKind.InvalidOperation,
                $"The guest of the VM '{machine.Name}' will not reach {Description}: {what}.",
                machine.Name,
                $"Read what it said with Receive-LinuxKitConsole -Name '{machine.Name}'.");
        }
    }
}
