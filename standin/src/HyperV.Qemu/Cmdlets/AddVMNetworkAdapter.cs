using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Adds network adapters.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(Name),
    nameof(SwitchName),
    nameof(IsLegacy),
    nameof(DynamicMacAddress),
    nameof(StaticMacAddress),
    nameof(DeviceNaming),
    nameof(Passthru))]
public partial class AddVMNetworkAdapter
{
    private protected override void Process() => ForEachMachine(VMName, VM, Add);

    private void Add(VirtualMachine machine)
    {
        if (IsLegacy && machine.Generation == 2)
        {
            throw new VirtualizationException(ErrorIdentifier.InvalidParameter, "Generation 2 virtual machines do not support legacy network adapters.");
        }

        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        var adapter = new AdapterDefinition
        {
            IsLegacy = IsLegacy,
            SwitchId = SwitchName is null ? null : FindSwitch(machine.Host, SwitchName).Id,
        };
        adapter.Name = Name ?? adapter.Name;
        adapter.DeviceNaming = IsBound(nameof(DeviceNaming)) ? DeviceNaming : adapter.DeviceNaming;
        MacAddresses.Set(adapter, DynamicMacAddress, StaticMacAddress);
        machine.Machine.ChangeWhileOff(
            definition =>
            {
                definition.Adapters.Add(adapter);
                definition.Firmware.BootOrder.Add(adapter.Id);
            },
            () => machine.Generation == 2
                ? Errors.NotSupportedByStandIn("adding adapters to a machine that is not off")
                : Errors.DeviceNotModifiableNow("Network Adapter"));
        WritePassthru(Passthru, new VMNetworkAdapter(machine, adapter));
    }
}
