using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets integration services.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMSnapshot), nameof(Name))]
public partial class GetVMIntegrationService
{
    private protected override void Process() => ForEachOwner(VMName, VM, VMSnapshot, owner =>
    {
        var patterns = (Name ?? ["*"]).Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        WriteObjects(
            owner.VMIntegrationService.Where(service => patterns.Exists(pattern => pattern.IsMatch(service.Name))));
    });
}
