namespace LinuxKitHyperV.Machines;

/// <summary>What a VM can be waited for.</summary>
public enum LinuxKitVMCondition
{
    /// <summary>The guest answers Hyper-V's heartbeat service: its kernel is up.</summary>
    Heartbeat,

    /// <summary>The VM is in one of some states.</summary>
    State,

    /// <summary>The VM is off.</summary>
    Off,

    /// <summary>The guest has an IP address that somebody knows.</summary>
    IPAddress,
}
