namespace Microsoft.HyperV.PowerShell;

/// <content>A floppy disk drive.</content>
public sealed partial class VMFloppyDiskDrive
{
    private const string Device = "8F0D2762-0B00-4E04-AF4F-19010527CB93";

    internal VMFloppyDiskDrive(VirtualMachineBase owner) => Owner = owner;

    /// <summary>The medium; always none here.</summary>
    public string? Path => null;

    /// <summary>The storage pool that its medium comes from.</summary>
    public string PoolName => "Primordial";

    /// <summary>The name.</summary>
    public string Name => "Diskette Drive";

    /// <summary>The id.</summary>
    public string Id => ComponentId($"{Device}\\0");

    /// <inheritdoc/>
    public override string ToString() => Describe(Name, Id);
}
