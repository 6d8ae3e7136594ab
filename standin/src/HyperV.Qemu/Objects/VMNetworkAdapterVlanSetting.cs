using System.Collections.Generic;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>An adapter's VLAN.</content>
public sealed partial class VMNetworkAdapterVlanSetting
{
    private readonly VlanDefinition _vlan;

    internal VMNetworkAdapterVlanSetting(VMNetworkAdapterBase adapter, VlanDefinition vlan)
    {
        ParentAdapter = adapter;
        _vlan = vlan;
    }

    /// <summary>The adapter.</summary>
    public VMNetworkAdapterBase ParentAdapter { get; }

    /// <summary>Untagged, access, trunk or private.</summary>
    public VMNetworkAdapterVlanMode OperationMode => _vlan.Mode;

    /// <summary>The VLAN of an access port.</summary>
    public int AccessVlanId => _vlan.AccessVlanId;

    /// <summary>The VLAN of a trunk's untagged frames.</summary>
    public int NativeVlanId => _vlan.NativeVlanId;

    /// <summary>The VLANs of a trunk.</summary>
    public List<int> AllowedVlanIdList => _vlan.AllowedVlanIds;

    /// <summary>The VLANs of a trunk, as text.</summary>
    public string AllowedVlanIdListString => string.Join(',', _vlan.AllowedVlanIds);

    /// <summary>The kind of private VLAN.</summary>
    public VMNetworkAdapterPrivateVlanMode PrivateVlanMode => _vlan.PrivateMode;

    /// <summary>The primary VLAN of a private one.</summary>
    public int PrimaryVlanId => _vlan.PrimaryVlanId;

    /// <summary>The secondary VLAN of an isolated or community port.</summary>
    public int SecondaryVlanId => _vlan is { SecondaryVlanIds: [var only] } ? only : 0;

    /// <summary>The secondary VLANs of a promiscuous port.</summary>
    public List<int> SecondaryVlanIdList => _vlan.SecondaryVlanIds;

    /// <summary>The secondary VLANs of a promiscuous port, as text.</summary>
    public string SecondaryVlanIdListString => string.Join(',', _vlan.SecondaryVlanIds);

    /// <inheritdoc/>
    public override bool IsDeleted => ParentAdapter.IsDeleted;

    internal override VirtualizationHost Host => ParentAdapter.Host;
}
