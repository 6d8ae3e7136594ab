using System;

namespace Microsoft.HyperV.PowerShell;

/// <content>What a machine's and the host's own adapters have in common.</content>
public abstract partial class VMNetworkAdapterBase
{
    /// <summary>The name.</summary>
    public abstract string Name { get; }

    /// <summary>The id.</summary>
    public abstract string Id { get; }

    /// <summary>12 hexadecimal digits.</summary>
    public abstract string MacAddress { get; }

    /// <summary>The switch's id; null where it is connected to none.</summary>
    public abstract Guid? SwitchId { get; }

    /// <summary>The switch's name; null where it is connected to none.</summary>
    public abstract string? SwitchName { get; }

    /// <summary>The adapter's own id.</summary>
    public abstract string AdapterId { get; }

    /// <summary>How it is.</summary>
    public abstract VMNetworkAdapterOperationalStatus[] Status { get; }

    /// <summary>How it is, in words.</summary>
    public abstract string[] StatusDescription { get; }

    /// <summary>Whether it is the host's own.</summary>
    public abstract bool IsManagementOs { get; }

    /// <summary>Whether the guest may send from other addresses.</summary>
    public virtual OnOffState MacAddressSpoofing => OnOffState.Off;

    /// <summary>Whether the guest may not serve DHCP.</summary>
    public virtual OnOffState DhcpGuard => OnOffState.Off;

    /// <summary>Whether the guest may not be a router.</summary>
    public virtual OnOffState RouterGuard => OnOffState.Off;

    /// <summary>Whether the guest may team adapters.</summary>
    public virtual OnOffState AllowTeaming => OnOffState.Off;

    /// <summary>Whether priorities are kept in tags.</summary>
    public virtual OnOffState IeeePriorityTag => OnOffState.Off;

    /// <summary>Whether the speed is fixed.</summary>
    public OnOffState FixSpeed10G => OnOffState.Off;

    /// <summary>Whether traffic is copied, and which way.</summary>
    public virtual VMNetworkAdapterPortMirroringMode PortMirroringMode => VMNetworkAdapterPortMirroringMode.None;

    /// <summary>The VLAN.</summary>
    public abstract VMNetworkAdapterVlanSetting VlanSetting { get; }
}
