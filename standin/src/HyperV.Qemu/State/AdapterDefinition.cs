using System;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.State;

/// <summary>A network adapter, as it is kept.</summary>
internal sealed class AdapterDefinition
{
    /// <summary>What a dynamic address is until the machine is started for the first time.</summary>
    public const string NoMacAddress = "000000000000";

    public Guid Id { get; set; } = Guid.NewGuid();

    public string Name { get; set; } = "Network Adapter";

    public bool IsLegacy { get; set; }

    public Guid? SwitchId { get; set; }

    public bool DynamicMacAddress { get; set; } = true;

    public string MacAddress { get; set; } = NoMacAddress;

    public OnOffState MacAddressSpoofing { get; set; } = OnOffState.Off;

    public OnOffState DhcpGuard { get; set; } = OnOffState.Off;

    public OnOffState RouterGuard { get; set; } = OnOffState.Off;

    public OnOffState AllowTeaming { get; set; } = OnOffState.Off;

    public OnOffState IeeePriorityTag { get; set; } = OnOffState.Off;

    public OnOffState DeviceNaming { get; set; } = OnOffState.Off;

    public VMNetworkAdapterPortMirroringMode PortMirroring { get; set; }

    public VlanDefinition Vlan { get; set; } = new();
}
