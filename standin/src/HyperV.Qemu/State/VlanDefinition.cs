using System.Collections.Generic;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.State;

/// <summary>An adapter's VLAN settings, as they are kept.</summary>
internal sealed class VlanDefinition
{
    public VMNetworkAdapterVlanMode Mode { get; set; }

    public int AccessVlanId { get; set; }

    public int NativeVlanId { get; set; }

    public List<int> AllowedVlanIds { get; set; } = [];

    public VMNetworkAdapterPrivateVlanMode PrivateMode { get; set; }

    public int PrimaryVlanId { get; set; }

    public List<int> SecondaryVlanIds { get; set; } = [];
}
