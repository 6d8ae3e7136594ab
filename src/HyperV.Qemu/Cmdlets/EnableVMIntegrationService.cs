using System.Linq;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Lets integration services run.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMIntegrationService), nameof(Name), nameof(Passthru))]
public partial class EnableVMIntegrationService
{
    private protected override void Process()
    {
        if (VMIntegrationService is not null)
        {
            foreach (var service in VMIntegrationService)
            {
                Guard(() => Set(service));
            }
        }
        else
        {
            ForEachMachine(VMName, VM, SetNamed);
        }
    }

    private void SetNamed(VirtualMachine machine)
    {
        var patterns = Name!.Select(Wildcard).ToList();
        var services = machine.VMIntegrationService.FindAll(service => patterns.Exists(pattern => pattern.IsMatch(service.Name)));
        if (services.Count == 0)
        {
            throw new VirtualizationException(ErrorIdentifier.ObjectNotFound, "Hyper-V was unable to find an integration service with the given name.");
        }

        services.ForEach(Set);
    }

    private void Set(VMIntegrationComponent service)
    {
        if (ShouldProcess(service.ToString()))
        {
            service.Machine.Machine.Change(machine => machine.IntegrationServices[service.Device] = true);
            WritePassthru(Passthru, service);
        }
    }
}
