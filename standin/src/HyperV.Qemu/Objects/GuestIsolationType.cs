namespace Microsoft.HyperV.PowerShell;

/// <summary>How a guest's state is kept from the host. The documentation names the members; their numbers are not known.</summary>
public enum GuestIsolationType
{
    /// <summary>Not at all.</summary>
    Disabled,

    /// <summary>Trusted launch.</summary>
    TrustedLaunch,

    /// <summary>Virtualization-based security.</summary>
    VBS,

    /// <summary>AMD SEV-SNP.</summary>
    SNP,

    /// <summary>Intel TDX.</summary>
    TDX,
}
