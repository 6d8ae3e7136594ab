using System;

namespace LinuxKitHyperV.Images;

/// <summary>What firmware boots an image.</summary>
[Flags]
public enum LinuxKitBootMode
{
    /// <summary>None does.</summary>
    None = 0,

    /// <summary>A BIOS, which VMs of Generation 1 have.</summary>
    Bios = 1,

    /// <summary>UEFI, which VMs of Generation 2 have.</summary>
    Uefi = 2,
}
