namespace LinuxKitHyperV.Hosts;

/// <summary>What it can be the fault of that Hyper-V does not answer.</summary>
internal enum HostPart
{
    /// <summary>The Hyper-V module for PowerShell.</summary>
    Module,

    /// <summary>The host, or the way to it.</summary>
    Host,

    /// <summary>The Virtual Machine Management service.</summary>
    Service,

    /// <summary>The account.</summary>
    Rights,
}
