using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Removes network adapters.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMNetworkAdapter), nameof(Name), nameof(Passthru))]
public partial class RemoveVMNetworkAdapter
{
    private protected override void Process()
    {
        if (VMNetworkAdapter is not null)
        {
            foreach (var adapter in VMNetworkAdapter)
            {
                Guard(() => Remove(adapter as VMNetworkAdapter ?? throw Errors.NotSupportedByStandIn("removing the host's own adapters")));
            }
        }
        else
        {
            ForEachMachine(VMName, VM, machine => AdapterSelection.ByName(machine, [Name ?? "*"]).ForEach(Remove));
        }
    }

    private void Remove(VMNetworkAdapter adapter)
    {
        if (!ShouldProcess(adapter.ToString()))
        {
            return;
        }

        adapter.Machine.Machine.ChangeWhileOff(
            definition => definition.RemoveDevice(adapter.Definition.Id),
            () => Errors.DeviceNotModifiableNow(adapter.Name));
        WritePassthru(Passthru, adapter);
    }
}
