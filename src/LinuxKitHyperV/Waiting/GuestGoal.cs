using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Networking;

namespace LinuxKitHyperV.Waiting;

/// <summary>What only a guest that boots can reach.</summary>
internal abstract class GuestGoal(CurrentState current, CancellationToken stopping) : MachineGoal
{
    private readonly Dictionary<Guid, ConsoleWatch> _boots = [];

    /// <inheritdoc/>
    public sealed override bool IsReached(LinuxKitMachine machine)
    {
        if (!current.Is(MachineCondition.On, machine))
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
        if (ConsoleErrors.FailedBoot(boot.Run(TimeSpan.Zero, stopping).End) is { } failure)
        {
            throw new LinuxKitException(
                failure.ErrorId,
                failure.Kind,
                $"The guest of the VM '{machine.Name}' will not reach {Description}: {failure.What}.",
                machine.Name,
                $"Read what it said with Receive-LinuxKitConsole -Name '{machine.Name}'.");
        }
    }
}

/// <summary>The guest answers Hyper-V's heartbeat service.</summary>
internal sealed class HeartbeatGoal(IHyperV hyperV, CurrentState current, CancellationToken stopping) : GuestGoal(current, stopping)
{
    /// <inheritdoc/>
    public override string Description => "a heartbeat";

    /// <inheritdoc/>
    private protected override bool IsReachedByGuest(LinuxKitMachine machine)
    {
        var services = hyperV.Invoke(new HyperVCall(HyperVCommand.GetVMIntegrationService) { { "VM", machine.Object } }).OutputOr(new CallFailure(
            "IntegrationServiceQueryFailed",
            $"Hyper-V did not list the integration services of the VM '{machine.Name}'.",
            machine.Name,
            "Look at the VM with Get-VM, and try again."));
        var heartbeat = services.FirstOrDefault(service => service.IsService(IntegrationServiceId.Heartbeat));
        return heartbeat?.IsEnabled() == true
            ? heartbeat.Answers()
            : throw new LinuxKitException(
                "VMHeartbeatDisabled",
                FailureKind.InvalidOperation,
                $"The heartbeat service of the VM '{machine.Name}' is off.",
                machine.Name,
                "Enable it with Enable-VMIntegrationService; its name is in the language of Windows.");
    }
}

/// <summary>The guest has an address by which it can be reached from more than its own link.</summary>
/// <param name="hyperV">Hyper-V.</param>
/// <param name="current">What VMs are now.</param>
/// <param name="question">Asks guests; null for not to ask them.</param>
/// <param name="stopping">Is canceled when the pipeline is stopped.</param>
internal sealed class IPAddressGoal(IHyperV hyperV, CurrentState current, IGuestQuestion? question, CancellationToken stopping) : GuestGoal(current, stopping)
{
    private readonly AddressFinder _finder = new(hyperV, question is null ? null : new RepeatedQuestion(question), stopping);

    /// <inheritdoc/>
    public override string Description => "an IP address";

    /// <inheritdoc/>
    private protected override bool IsReachedByGuest(LinuxKitMachine machine) =>
        _finder.Find(machine).Any(address => !GuestAddress.IsLinkLocal(address.IPAddress));
}
