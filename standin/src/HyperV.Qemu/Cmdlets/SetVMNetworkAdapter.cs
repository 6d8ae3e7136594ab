using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Changes network adapters. All but the address is kept and not enforced.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMNetworkAdapter),
    nameof(Name),
    nameof(DynamicMacAddress),
    nameof(StaticMacAddress),
    nameof(MacAddressSpoofing),
    nameof(DhcpGuard),
    nameof(RouterGuard),
    nameof(AllowTeaming),
    nameof(IeeePriorityTag),
    nameof(DeviceNaming),
    nameof(PortMirroring),
    nameof(Passthru))]
public partial class SetVMNetworkAdapter
{
    private protected override void Process()
    {
        if (VMNetworkAdapter is not null)
        {
            Set(VMNetworkAdapter as VMNetworkAdapter ?? throw Errors.NotSupportedByStandIn("changing the host's own adapters"));
        }
        else
        {
            ForEachMachine(VMName is null ? null : [VMName], VM is null ? null : [VM], machine => AdapterSelection.ByName(machine, [Name ?? "*"]).ForEach(Set));
        }
    }

    private void Set(VMNetworkAdapter adapter)
    {
        if (!ShouldProcess(adapter.ToString()))
        {
            return;
        }

        if (StaticMacAddress is not null || DynamicMacAddress)
        {
            adapter.Machine.Machine.ChangeWhileOff(machine => Apply(machine, adapter), () => Errors.DeviceNotModifiableNow(adapter.Name));
        }
        else
        {
            adapter.Machine.Machine.Change(machine => Apply(machine, adapter));
        }

        WritePassthru(Passthru, adapter);
    }

    private void Apply(MachineDefinition machine, VMNetworkAdapter adapter)
    {
        var changed = AdapterSelection.Find(machine, adapter);
        MacAddresses.Set(changed, DynamicMacAddress, StaticMacAddress);
        changed.MacAddressSpoofing = MacAddressSpoofing ?? changed.MacAddressSpoofing;
        changed.DhcpGuard = DhcpGuard ?? changed.DhcpGuard;
        changed.RouterGuard = RouterGuard ?? changed.RouterGuard;
        changed.AllowTeaming = AllowTeaming ?? changed.AllowTeaming;
        changed.IeeePriorityTag = IeeePriorityTag ?? changed.IeeePriorityTag;
        changed.DeviceNaming = DeviceNaming ?? changed.DeviceNaming;
        changed.PortMirroring = PortMirroring ?? changed.PortMirroring;
    }
}
