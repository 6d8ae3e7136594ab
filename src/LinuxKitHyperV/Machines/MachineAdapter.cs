using System.Management.Automation;

namespace LinuxKitHyperV.Machines;

/// <summary>A network adapter of a VM.</summary>
/// <param name="Switch">The switch that it is connected to.</param>
/// <param name="MacAddress">Its address, in twelve digits; null for one that Hyper-V chooses.</param>
/// <param name="VlanId">The VLAN that it is in; null for none.</param>
internal sealed record MachineAdapter(PSObject Switch, string? MacAddress, int? VlanId);
