using System;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>The host's own adapter on a switch.</content>
public sealed partial class VMInternalNetworkAdapter
{
    private readonly VirtualizationHost _host;
    private readonly SwitchDefinition _switch;

    internal VMInternalNetworkAdapter(VirtualizationHost host, SwitchDefinition virtualSwitch)
    {
        _host = host;
        _switch = virtualSwitch;
    }

    /// <inheritdoc/>
    public override Guid VMId => Guid.Empty;

    /// <inheritdoc/>
    public override string VMName => string.Empty;

    /// <inheritdoc/>
    public override Guid VMSnapshotId => Guid.Empty;

    /// <inheritdoc/>
    public override string VMSnapshotName => string.Empty;

    /// <inheritdoc/>
    public override string Name => _switch.Name;

    /// <inheritdoc/>
    public override string Id => $"Microsoft:{Upper(_switch.Id)}";

    /// <summary>The device's id.</summary>
    public string DeviceId => $"{{{Upper(_switch.Id)}}}";

    /// <inheritdoc/>
    public override string MacAddress => AdapterDefinition.NoMacAddress;

    /// <inheritdoc/>
    public override Guid? SwitchId => _switch.Id;

    /// <inheritdoc/>
    public override string? SwitchName => _switch.Name;

    /// <inheritdoc/>
    public override string AdapterId => Upper(_switch.Id);

    /// <inheritdoc/>
    public override VMNetworkAdapterOperationalStatus[] Status => [VMNetworkAdapterOperationalStatus.Ok];

    /// <inheritdoc/>
    public override string[] StatusDescription => ["OK"];

    /// <inheritdoc/>
    public override bool IsManagementOs => true;

    /// <inheritdoc/>
    public override VMNetworkAdapterVlanSetting VlanSetting => new(this, new VlanDefinition());

    /// <inheritdoc/>
    public override bool IsDeleted => !_host.Store.Settings.Switches.Exists(candidate => candidate.Id == _switch.Id);

    internal override VirtualizationHost Host => _host;

    internal override VirtualMachine? OwningMachine => null;
}
