using LinuxKitHyperV.Formats.Vhdx;

namespace LinuxKitHyperV.Disks;

/// <summary>A data disk that a VM shall have.</summary>
/// <param name="Path">The disk's file as the user wrote it; null where it is named after the VM.</param>
/// <param name="SizeBytes">The size of a new disk in bytes; null where an existing file is meant.</param>
internal sealed record DiskSpec(string? Path, long? SizeBytes)
{
    /// <summary>The smallest disk that Hyper-V's VHD interface makes, in bytes.</summary>
    public const long MinimumSizeBytes = 3L << 20;

    /// <inheritdoc cref="VhdxFormat.MaximumDiskSize"/>
    public const long MaximumSizeBytes = VhdxFormat.MaximumDiskSize;

    /// <inheritdoc cref="VhdxFormat.NewBlockSize"/>
    public const uint BlockSizeBytes = VhdxFormat.NewBlockSize;
}
