using System.Linq;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Connects network adapters to switches.</content>
[Implements(nameof(VMName), nameof(Name), nameof(VMNetworkAdapter), nameof(SwitchName), nameof(VMSwitch), nameof(Passthru))]
public partial class ConnectVMNetworkAdapter
{
    private protected override void Process()
    {
        if (VMNetworkAdapter is not null)
        {
            foreach (var adapter in VMNetworkAdapter)
            {
                Guard(() => Connect(adapter));
            }
        }
        else
        {
            ForEachMachine(VMName, null, ConnectAll);
        }
    }

    private void ConnectAll(VirtualMachine machine)
    {
        var patterns = (Name ?? ["*"]).Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        var adapters = machine.NetworkAdapters.FindAll(adapter => patterns.Exists(pattern => pattern.IsMatch(adapter.Name)));
        if (adapters.Count == 0)
        {
            throw Errors.AdapterNotFound();
        }

        adapters.ForEach(Connect);
    }

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
