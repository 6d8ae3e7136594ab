namespace LinuxKitHyperV.Machines;

/// <summary>What a user asks for of a VM's firmware.</summary>
/// <param name="Generation">1 or 2; 0 for what the image needs.</param>
/// <param name="SecureBoot">Whose signatures it accepts.</param>
/// <param name="HasTpm">Whether it has a TPM.</param>
/// <param name="IsNotCopied">Whether a VHD or VHDX is attached as it is.</param>
internal sealed record BootWishes(int Generation, LinuxKitSecureBoot SecureBoot, bool HasTpm, bool IsNotCopied)
{
    /// <summary>Nothing in particular.</summary>
    public static BootWishes None { get; } = new(0, LinuxKitSecureBoot.Off, false, false);
}
