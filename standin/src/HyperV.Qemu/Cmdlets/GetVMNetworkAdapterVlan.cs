using System.Linq;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets VLANs.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMSnapshot), nameof(VMNetworkAdapter), nameof(VMNetworkAdapterName))]
public partial class GetVMNetworkAdapterVlan
{
    private protected override void Process()
    {
        if (VMNetworkAdapter is not null)
        {
            WriteObjects(VMNetworkAdapter.Select(adapter => adapter.VlanSetting));
        }
        else
        {
            var pattern = Wildcard(VMNetworkAdapterName);
            ForEachOwner(VMName ?? ["*"], VM, VMSnapshot, owner => WriteObjects(
                owner.NetworkAdapters.Where(adapter => pattern.IsMatch(adapter.Name)).Select(adapter => adapter.VlanSetting)));
        }
    }
}
