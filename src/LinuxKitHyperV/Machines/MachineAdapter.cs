using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace LinuxKitHyperV.Machines;

/// <summary>A network adapter of a VM.</summary>
/// <param name="Switch">The switch that it is connected to.</param>
/// <param name="MacAddress">Its address, in twelve digits; null for one that Hyper-V chooses.</param>
/// <param name="VlanId">The VLAN that it is in; null for none.</param>
internal sealed record MachineAdapter(PSObject Switch, string? MacAddress, int? VlanId)
{
    /// <summary>An adapter for each switch.</summary>
    /// <param name="switches">The switches.</param>
    /// <param name="macAddresses">An address for each, or none.</param>
    /// <param name="vlanIds">A VLAN for each, one for all, or none.</param>
    public static IReadOnlyList<MachineAdapter> ForEach(IEnumerable<PSObject> switches, IReadOnlyList<string> macAddresses, IReadOnlyList<int> vlanIds) =>
    [
        .. switches.Select((found, index) => new MachineAdapter(
            found,
            macAddresses.ElementAtOrDefault(index),
            vlanIds.Count == 0 ? null : vlanIds[vlanIds.Count == 1 ? 0 : index])),
    ];
}
