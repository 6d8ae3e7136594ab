namespace LinuxKitHyperV.Formats.Partitions;

/// <summary>A partition of a disk.</summary>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="IsEfiSystem">Whether it is an EFI system partition.</param>
/// <param name="IsActive">Whether a BIOS boots it.</param>
internal sealed record Partition(long Offset, long Length, bool IsEfiSystem, bool IsActive);
