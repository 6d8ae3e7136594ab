using System.Linq;
using System.Threading;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>The guest answers Hyper-V's heartbeat service.</summary>
/// <param name="hyperV">Hyper-V.</param>
/// <param name="stopping">Is canceled when the pipeline is stopped.</param>
internal sealed class HeartbeatGoal(IHyperV hyperV, CancellationToken stopping) : GuestGoal(stopping)
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
