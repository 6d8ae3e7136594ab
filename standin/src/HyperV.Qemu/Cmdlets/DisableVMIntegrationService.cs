using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Keeps integration services from running.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMIntegrationService), nameof(Name), nameof(Passthru))]
public partial class DisableVMIntegrationService
{
    private protected override void Process()
        => ForEachPart(VMIntegrationService, VMName, VM, machine => VMIntegrationComponent.ByName(machine, Name!), Set);

    private void Set(VMIntegrationComponent service)
    {
        if (ShouldProcess(service.ToString()))
        {
            service.Enable(false);
            WritePassthru(Passthru, service);
        }
    }
}
