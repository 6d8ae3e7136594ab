using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Lets integration services run.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMIntegrationService), nameof(Name), nameof(Passthru))]
public partial class EnableVMIntegrationService
{
    private protected override void Process()
        => ForEachPart(VMIntegrationService, VMName, VM, machine => VMIntegrationComponent.ByName(machine, Name!), Set);

    private void Set(VMIntegrationComponent service)
    {
        if (ShouldProcess(service.ToString()))
        {
            service.Enable(true);
            WritePassthru(Passthru, service);
        }
    }
}
