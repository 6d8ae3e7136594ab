using System;
using System.Net;

namespace LinuxKitHyperV.Networking;

/// <summary>An address of a guest, and who said so.</summary>
public sealed class LinuxKitIPAddress
{
    internal LinuxKitIPAddress(string vmName, Guid vmId, IPAddress address, LinuxKitAddressSource source, string? macAddress, string? switchName)
    {
        VMName = vmName;
        VMId = vmId;
        IPAddress = address;
        Source = source;
        MacAddress = macAddress;
        SwitchName = switchName;
    }

    /// <summary>Gets the VM's name.</summary>
    public string VMName { get; }

    /// <summary>Gets the VM's id.</summary>
    public Guid VMId { get; }

    /// <summary>Gets the address.</summary>
    public IPAddress IPAddress { get; }

    /// <summary>Gets who said so.</summary>
    public LinuxKitAddressSource Source { get; }

    /// <summary>Gets the MAC address of the adapter that has it; null where the source does not tell.</summary>
    public string? MacAddress { get; }

    /// <summary>Gets the switch that the adapter is connected to; null where the source does not tell the adapter.</summary>
    public string? SwitchName { get; }

    /// <summary>The address.</summary>
    public override string ToString() => IPAddress.ToString();
}
