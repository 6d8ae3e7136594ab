using System.Linq;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Disconnects network adapters from their switches.</content>
[Implements(nameof(VMName), nameof(Name), nameof(VMNetworkAdapter), nameof(Passthru))]
public partial class DisconnectVMNetworkAdapter
{
    private protected override void Process()
    {
        if (VMNetworkAdapter is not null)
        {
            foreach (var adapter in VMNetworkAdapter)
            {
                Guard(() => Disconnect(adapter));
            }
        }
        else
        {
            ForEachMachine(VMName, null, DisconnectAll);
        }
    }

    private void DisconnectAll(VirtualMachine machine)
    {
        var patterns = (Name ?? ["*"]).Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        var adapters = machine.NetworkAdapters.FindAll(adapter => patterns.Exists(pattern => pattern.IsMatch(adapter.Name)));
        if (adapters.Count == 0)
        {
            throw Errors.AdapterNotFound();
        }

        adapters.ForEach(Disconnect);
    }

    private void Disconnect(VMNetworkAdapter adapter)
    {
        if (ShouldProcess(adapter.ToString()))
        {
            AdapterConnection.Set(adapter, null);
            WritePassthru(Passthru, adapter);
        }
    }
}
