using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Disconnects network adapters from their switches.</content>
[Implements(nameof(VMName), nameof(Name), nameof(VMNetworkAdapter), nameof(Passthru))]
public partial class DisconnectVMNetworkAdapter
{
    private protected override void Process()
        => ForEachPart(VMNetworkAdapter, VMName, null, machine => AdapterSelection.ByName(machine, Name ?? ["*"]), Disconnect);

    private void Disconnect(VMNetworkAdapter adapter)
    {
        if (ShouldProcess(adapter.ToString()))
        {
            AdapterConnection.Set(adapter, null);
            WritePassthru(Passthru, adapter);
        }
    }
}
