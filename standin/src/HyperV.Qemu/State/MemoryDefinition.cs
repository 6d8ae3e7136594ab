namespace HyperV.Qemu.State;

/// <summary>A machine's memory, as it is kept.</summary>
internal sealed class MemoryDefinition
{
    public long Startup { get; set; } = 1L << 30;

    public bool DynamicMemoryEnabled { get; set; }

    public long Minimum { get; set; } = 512L << 20;

    public long Maximum { get; set; } = 1L << 40;

    public int Buffer { get; set; } = 20;

    /// <summary>The weight, 0 to 100.</summary>
    public int Priority { get; set; } = 50;
}
