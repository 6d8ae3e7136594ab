using System;
using System.Linq;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Makes a switch; names need not be unique.</content>
[Implements(
    nameof(Name),
    nameof(Id),
    nameof(SwitchType),
    nameof(NetAdapterName),
    nameof(NetAdapterInterfaceDescription),
    nameof(AllowManagementOS),
    nameof(Notes))]
public partial class NewVMSwitch
{
    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            if (ShouldProcess(Name))
            {
                var made = Describe();
                host.Store.ChangeSettings(settings => settings.Switches.Add(made));
                WriteObject(new VMSwitch(host, made));
            }
        }
    }

    private SwitchDefinition Describe()
    {
        string[] adapters = NetAdapterName ?? NetAdapterInterfaceDescription ?? [];
        if (adapters.Length > 1)
        {
            throw Errors.NotSupportedByStandIn("New-VMSwitch with several network adapters");
        }

        var adapter = adapters.FirstOrDefault();
        var type = adapter is null ? SwitchType : VMSwitchType.External;
        return new SwitchDefinition
        {
            Id = Id is null ? Guid.NewGuid() : CheckedId(Id),
            Name = Name!,
            SwitchType = type,
            Notes = Notes ?? string.Empty,
            NetAdapterInterfaceDescription = adapter,
            AllowManagementOS = type switch
            {
                VMSwitchType.Internal => true,
                VMSwitchType.External => !IsBound(nameof(AllowManagementOS)) || AllowManagementOS,
                _ => false,
            },
        };
    }

    private static Guid CheckedId(string id) => Guid.TryParse(id, out var parsed)
        ? parsed
        : throw new VirtualizationException(ErrorIdentifier.InvalidParameter, $"'{id}' is not a valid identifier of a virtual switch.");
}
