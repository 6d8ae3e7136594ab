using System;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>A network adapter, live.</content>
public sealed partial class VMNetworkAdapter
{
    private AdapterDefinition _last;

    internal VMNetworkAdapter(VirtualMachineBase owner, AdapterDefinition adapter)
    {
        Owner = owner;
        _last = adapter;
    }

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    public override string Id => ComponentId(Upper(_last.Id));

    /// <inheritdoc/>
    public override string MacAddress => Definition.MacAddress;

    /// <summary>Whether the host chooses the address.</summary>
    public bool DynamicMacAddressEnabled => Definition.DynamicMacAddress;

    /// <summary>Whether it is an emulated one, for Generation 1.</summary>
    public bool IsLegacy => Definition.IsLegacy;

    /// <summary>Whether it is a synthetic one.</summary>
    public bool IsSynthetic => !Definition.IsLegacy;

    /// <summary>Whether it is connected to a switch.</summary>
    public bool Connected => Definition.SwitchId is not null;

    /// <summary>Always empty: nothing in a guest tells this host.</summary>
    public string[] IPAddresses => [];

    /// <inheritdoc/>
    public override Guid? SwitchId => Definition.SwitchId;

    /// <inheritdoc/>
    public override string? SwitchName
        => Host.Store.Settings.Switches.Find(candidate => candidate.Id == Definition.SwitchId)?.Name;

    /// <inheritdoc/>
    public override string AdapterId => Upper(_last.Id);

    /// <inheritdoc/>
    public override VMNetworkAdapterOperationalStatus[] Status
        => Machine.State == VMState.Running ? [VMNetworkAdapterOperationalStatus.Ok] : [];

    /// <inheritdoc/>
    public override string[] StatusDescription => Machine.State == VMState.Running ? ["OK"] : [];

    /// <inheritdoc/>
    public override bool IsManagementOs => false;

    /// <inheritdoc/>
    public override OnOffState MacAddressSpoofing => Definition.MacAddressSpoofing;

    /// <inheritdoc/>
    public override OnOffState DhcpGuard => Definition.DhcpGuard;

    /// <inheritdoc/>
    public override OnOffState RouterGuard => Definition.RouterGuard;

    /// <inheritdoc/>
    public override OnOffState AllowTeaming => Definition.AllowTeaming;

    /// <inheritdoc/>
    public override OnOffState IeeePriorityTag => Definition.IeeePriorityTag;

    /// <summary>Whether the guest learns the adapter's name.</summary>
    public OnOffState DeviceNaming => Definition.DeviceNaming;

    /// <inheritdoc/>
    public override VMNetworkAdapterPortMirroringMode PortMirroringMode => Definition.PortMirroring;

    /// <inheritdoc/>
    public override VMNetworkAdapterVlanSetting VlanSetting => new(this, Definition.Vlan);

    /// <inheritdoc/>
    public override bool IsDeleted => base.IsDeleted || Current is null;

    internal AdapterDefinition Definition => _last = Current ?? _last;

    private AdapterDefinition? Current => Owner.Definition.Adapters.Find(adapter => adapter.Id == _last.Id);

    /// <inheritdoc/>
    public override string ToString() => Describe(Name, Id);
}
