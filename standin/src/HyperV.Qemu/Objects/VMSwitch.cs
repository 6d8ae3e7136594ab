using System;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>A virtual switch, live.</content>
public sealed partial class VMSwitch
{
    private readonly VirtualizationHost _host;
    private SwitchDefinition _last;

    internal VMSwitch(VirtualizationHost host, SwitchDefinition definition)
    {
        _host = host;
        _last = definition;
    }

    /// <summary>The name.</summary>
    public string Name => Definition.Name;

    /// <summary>The id.</summary>
    public Guid Id => _last.Id;

    /// <summary>The notes.</summary>
    public string Notes => Definition.Notes;

    /// <summary>Private, internal or external.</summary>
    public VMSwitchType SwitchType => Definition.SwitchType;

    /// <summary>Whether the host has an adapter on it.</summary>
    public bool AllowManagementOS => Definition.AllowManagementOS;

    /// <summary>The physical adapter of an external switch.</summary>
    public string? NetAdapterInterfaceDescription => Definition.NetAdapterInterfaceDescription;

    /// <summary>The physical adapters of an external switch.</summary>
    public string[] NetAdapterInterfaceDescriptions => NetAdapterInterfaceDescription is { } only ? [only] : [];

    /// <summary>How bandwidth is reserved.</summary>
    public VMSwitchBandwidthMode BandwidthReservationMode => VMSwitchBandwidthMode.Absolute;

    /// <inheritdoc/>
    public override bool IsDeleted => Current is null;

    internal override VirtualizationHost Host => _host;

    private SwitchDefinition Definition => _last = Current ?? _last;

    private SwitchDefinition? Current => _host.Store.Settings.Switches.Find(candidate => candidate.Id == _last.Id);

    /// <inheritdoc/>
    public override string ToString() => $"VMSwitch (Name = '{Name}') [Id = '{Id}']";
}
