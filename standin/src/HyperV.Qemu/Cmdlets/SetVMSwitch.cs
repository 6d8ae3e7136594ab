using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Changes switches.</content>
[Implements(
    nameof(Name),
    nameof(VMSwitch),
    nameof(SwitchType),
    nameof(NetAdapterName),
    nameof(NetAdapterInterfaceDescription),
    nameof(AllowManagementOS),
    nameof(Notes),
    nameof(Passthru))]
public partial class SetVMSwitch
{
    private protected override void Process()
    {
        foreach (var found in VMSwitch ?? FindSwitches(Name!))
        {
            Guard(() => Set(found));
        }
    }

    private void Set(VMSwitch found)
    {
        if (found.Id == SwitchDefinition.DefaultSwitchId)
        {
            throw new VirtualizationException(ErrorIdentifier.InvalidParameter, "The automatic Internet Connection Sharing switch cannot be modified.");
        }

        if (ShouldProcess(found.Name))
        {
            found.Host.Store.ChangeSettings(settings => Apply(settings.Switches.Find(candidate => candidate.Id == found.Id) ?? throw Errors.NoSuchSwitch()));
            WritePassthru(Passthru, found);
        }
    }

    private void Apply(SwitchDefinition definition)
    {
        var adapter = NetAdapterName ?? NetAdapterInterfaceDescription;
        definition.SwitchType = adapter is null ? SwitchType ?? definition.SwitchType : VMSwitchType.External;
        definition.NetAdapterInterfaceDescription = definition.SwitchType == VMSwitchType.External ? adapter ?? definition.NetAdapterInterfaceDescription : null;
        definition.AllowManagementOS = definition.SwitchType switch
        {
            VMSwitchType.Internal => true,
            VMSwitchType.Private => false,
            _ => AllowManagementOS ?? definition.AllowManagementOS,
        };
        definition.Notes = Notes ?? definition.Notes;
    }
}
