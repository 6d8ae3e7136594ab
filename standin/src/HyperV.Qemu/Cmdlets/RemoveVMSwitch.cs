using System.Linq;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Removes switches that nothing runs on.</content>
[Implements(nameof(Name), nameof(VMSwitch), nameof(Force))]
public partial class RemoveVMSwitch
{
    private const string Failed = "Failed while removing virtual Ethernet switch.";

    private protected override void Process()
    {
        foreach (var found in VMSwitch ?? FindSwitches(Name!))
        {
            Guard(() => Remove(found));
        }
    }

    private void Remove(VMSwitch found)
    {
        if (found.Id == SwitchDefinition.DefaultSwitchId)
        {
            throw new VirtualizationException(ErrorIdentifier.InvalidParameter, $"{Failed}\n\nThe automatic Internet Connection Sharing switch cannot be modified.");
        }

        if (AllMachines(found.Host).Any(machine => machine.State != VMState.Off && machine.NetworkAdapters.Exists(adapter => adapter.SwitchId == found.Id)))
        {
            throw new VirtualizationException(
                ErrorIdentifier.ObjectInUse,
                $"{Failed}\n\nThe virtual switch '{found.Name}' cannot be deleted because it is being used by running virtual machines or assigned to child pools.");
        }

        if (ShouldProcess(found.Name) && (Force || Ask($"Are you sure you want to remove the virtual switch \"{found.Name}\"?", "Confirm")))
        {
            found.Host.Store.ChangeSettings(settings => settings.Switches.RemoveAll(candidate => candidate.Id == found.Id));
        }
    }
}
