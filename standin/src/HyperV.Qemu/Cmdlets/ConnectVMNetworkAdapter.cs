using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Connects network adapters to switches.</content>
[Implements(nameof(VMName), nameof(Name), nameof(VMNetworkAdapter), nameof(SwitchName), nameof(VMSwitch), nameof(Passthru))]
public partial class ConnectVMNetworkAdapter
{
    private protected override void Process()
        => ForEachPart(VMNetworkAdapter, VMName, null, machine => AdapterSelection.ByName(machine, Name ?? ["*"]), Connect);

    private void Connect(VMNetworkAdapter adapter)
    {
        var switchId = VMSwitch?.Id ?? FindSwitch(adapter.Host, SwitchName!).Id;
        if (ShouldProcess(adapter.ToString()))
        {
            AdapterConnection.Set(adapter, switchId);
            WritePassthru(Passthru, adapter);
        }
    }
}
