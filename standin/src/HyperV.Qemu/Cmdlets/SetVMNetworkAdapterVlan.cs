using System.Linq;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Changes VLANs. They are kept and not enforced.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMNetworkAdapter),
    nameof(VMNetworkAdapterName),
    nameof(Untagged),
    nameof(Access),
    nameof(VlanId),
    nameof(Trunk),
    nameof(NativeVlanId),
    nameof(AllowedVlanIdList),
    nameof(Isolated),
    nameof(Community),
    nameof(Promiscuous),
    nameof(PrimaryVlanId),
    nameof(SecondaryVlanId),
    nameof(SecondaryVlanIdList),
    nameof(Passthru))]
public partial class SetVMNetworkAdapterVlan
{
    private protected override void Process()
    {
        var vlan = Describe();
        if (VMNetworkAdapter is not null)
        {
            foreach (var adapter in VMNetworkAdapter)
            {
                Guard(() => Set(adapter as VMNetworkAdapter ?? throw Errors.NotSupportedByStandIn("changing the host's own adapters"), vlan));
            }
        }
        else
        {
            ForEachMachine(VMName, VM, machine =>
                AdapterSelection.ByName(machine, [VMNetworkAdapterName ?? "*"]).ForEach(adapter => Set(adapter, vlan)));
        }
    }

    private void Set(VMNetworkAdapter adapter, VlanDefinition vlan)
    {
        if (ShouldProcess(adapter.ToString()))
        {
            adapter.Machine.Machine.Change(machine => AdapterSelection.Find(machine, adapter).Vlan = vlan);
            WritePassthru(Passthru, adapter.VlanSetting);
        }
    }

    private VlanDefinition Describe()
    {
        if (new[] { Untagged, Access, Trunk, Isolated, Community, Promiscuous }.Count(mode => mode.IsPresent) != 1)
        {
            throw Invalid("One of Untagged, Access, Trunk, Isolated, Community and Promiscuous is required.");
        }

        if (Access)
        {
            return new VlanDefinition { Mode = VMNetworkAdapterVlanMode.Access, AccessVlanId = Required(VlanId, nameof(VlanId)) };
        }

        if (Trunk)
        {
            return new VlanDefinition
            {
                Mode = VMNetworkAdapterVlanMode.Trunk,
                NativeVlanId = VlanIds.Checked(NativeVlanId ?? throw Invalid("NativeVlanId is required."), least: 0),
                AllowedVlanIds = VlanIds.Parse(AllowedVlanIdList ?? throw Invalid("AllowedVlanIdList is required.")),
            };
        }

        return Untagged ? new VlanDefinition() : DescribePrivate();
    }

    private VlanDefinition DescribePrivate() => new()
    {
        Mode = VMNetworkAdapterVlanMode.Private,
        PrimaryVlanId = Required(PrimaryVlanId, nameof(PrimaryVlanId)),
        PrivateMode = Isolated ? VMNetworkAdapterPrivateVlanMode.Isolated
            : Community ? VMNetworkAdapterPrivateVlanMode.Community : VMNetworkAdapterPrivateVlanMode.Promiscuous,
        SecondaryVlanIds = Promiscuous
            ? VlanIds.Parse(SecondaryVlanIdList ?? throw Invalid("SecondaryVlanIdList is required."))
            : [Required(SecondaryVlanId, nameof(SecondaryVlanId))],
    };

    private static int Required(int? id, string name) => VlanIds.Checked(id ?? throw Invalid($"{name} is required."), least: 1);

    private static VirtualizationException Invalid(string reason) => new(ErrorIdentifier.InvalidParameter, reason);
}
