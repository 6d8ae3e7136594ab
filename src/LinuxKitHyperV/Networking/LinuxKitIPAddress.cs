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

    /// <summary>The VM's name.</summary>
    public string VMName { get; }

    /// <summary>The VM's id.</summary>
    public Guid VMId { get; }

    /// <summary>The address.</summary>
    public IPAddress IPAddress { get; }

    /// <summary>Who said so.</summary>
    public LinuxKitAddressSource Source { get; }

    /// <summary>The MAC address of the adapter that has it; null where the source does not tell.</summary>
    public string? MacAddress { get; }

    /// <summary>The switch that the adapter is connected to; null where the source does not tell the adapter.</summary>
    public string? SwitchName { get; }

    /// <summary>The address.</summary>
    public override string ToString() => IPAddress.ToString();
}

/// <summary>Who said which address a guest has, from the cheapest source to the dearest.</summary>
public enum LinuxKitAddressSource
{
    /// <summary>Hyper-V, which learns it from the key-value daemon in the guest.</summary>
    HyperV,

    /// <summary>The host's neighbour table, by the adapter's MAC address.</summary>
    Neighbor,

    /// <summary>The Default Switch's name server, by the guest's host name.</summary>
    HostName,

    /// <summary>What the guest wrote to its console while it booted.</summary>
    ConsoleText,

    /// <summary>The guest's shell, on its console.</summary>
    ConsoleCommand,
}
