namespace HyperV.Qemu.Machines;

/// <summary>What a guest is waited for.</summary>
internal enum WaitCondition
{
    /// <summary>That it is there.</summary>
    Heartbeat,

    /// <summary>That it tells an address, which no guest does here.</summary>
    IPAddress,
}
