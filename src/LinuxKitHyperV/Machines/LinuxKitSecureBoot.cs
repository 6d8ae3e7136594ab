namespace LinuxKitHyperV.Machines;

/// <summary>Whose signatures the firmware of a VM accepts.</summary>
public enum LinuxKitSecureBoot
{
    /// <summary>It starts anything.</summary>
    Off,

    /// <summary>What Microsoft signed for others than itself: the boot loaders of Linux distributions.</summary>
    MicrosoftUEFICertificateAuthority,

    /// <summary>What Microsoft signed as a part of Windows.</summary>
    MicrosoftWindows,
}
