namespace LinuxKitHyperV.Images;

/// <summary>The processors that an image is for.</summary>
public enum LinuxKitArchitecture
{
    /// <summary>The image does not tell.</summary>
    Unknown,

    /// <summary>x86 with 32 bits.</summary>
    X86,

    /// <summary>x86 with 64 bits.</summary>
    X64,

    /// <summary>ARM with 64 bits.</summary>
    Arm64,

    /// <summary>RISC-V with 64 bits.</summary>
    RiscV64,
}
