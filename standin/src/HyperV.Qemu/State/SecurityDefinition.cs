namespace HyperV.Qemu.State;

/// <summary>What protects a machine, as it is kept.</summary>
internal sealed class SecurityDefinition
{
    /// <summary>What a machine without a key protector has.</summary>
    public static readonly byte[] NoKeyProtector = [0, 0, 0, 4];

    public byte[] KeyProtector { get; set; } = NoKeyProtector;

    public bool TpmEnabled { get; set; }

    /// <summary>Whether the machine was started with its TPM.</summary>
    public bool TpmInitialized { get; set; }

    public bool EncryptStateAndVmMigrationTraffic { get; set; }

    public bool VirtualizationBasedSecurityOptOut { get; set; }

    /// <summary>Whether there is a key protector.</summary>
    public bool HasKeyProtector() => KeyProtector.Length > NoKeyProtector.Length;
}
