namespace LinuxKitHyperV.Networking;

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
