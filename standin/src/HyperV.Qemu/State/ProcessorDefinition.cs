namespace HyperV.Qemu.State;

/// <summary>A machine's processors, as they are kept.</summary>
internal sealed class ProcessorDefinition
{
    public long Count { get; set; } = 1;

    public long Maximum { get; set; } = 100;

    public long Reserve { get; set; }

    public int RelativeWeight { get; set; } = 100;

    public long HwThreadCountPerCore { get; set; }

    public bool CompatibilityForMigrationEnabled { get; set; }

    public bool CompatibilityForOlderOperatingSystemsEnabled { get; set; }

    public bool ExposeVirtualizationExtensions { get; set; }

    public bool EnableHostResourceProtection { get; set; }
}
