using System.Linq;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets network adapters.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMSnapshot),
    nameof(Name),
    nameof(IsLegacy),
    nameof(All),
    nameof(ManagementOS),
    nameof(SwitchName))]
public partial class GetVMNetworkAdapter
{
    private protected override void Process()
    {
        if (All || ManagementOS)
        {
            WriteManagementAdapters();
        }

        if (All)
        {
            FindMachines(["*"]).ForEach(Write);
        }
        else if (!ManagementOS)
        {
            ForEachOwner(VMName, VM, VMSnapshot, Write);
        }
    }

    private void WriteManagementAdapters()
    {
        var adapters = Hosts.SelectMany(host => new VMHost(host).InternalNetworkAdapters)
            .Where(adapter => SwitchName is null || WildcardPattern.Get(SwitchName, WildcardOptions.IgnoreCase).IsMatch(adapter.SwitchName))
            .Where(adapter => IsWanted(adapter.Name))
            .ToList();
        if (adapters.Count == 0 && ManagementOS)
        {
            throw Errors.AdapterNotFound();
        }

        WriteObjects(adapters);
    }

    private void Write(VirtualMachineBase owner) => WriteObjects(
        owner.NetworkAdapters.Where(adapter => IsWanted(adapter.Name) && (!IsBound(nameof(IsLegacy)) || adapter.IsLegacy == IsLegacy)));

    private bool IsWanted(string name) => Name is null || WildcardPattern.Get(Name, WildcardOptions.IgnoreCase).IsMatch(name);
}
