using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Partitions;

/// <summary>The partitions of a disk, by its MBR or its GPT.</summary>
internal static class PartitionTable
{
    /// <summary>Reads the partitions; none where the disk has no table of them.</summary>
    /// <exception cref="ImageFormatException">The table is damaged, or the disk ends before a partition does.</exception>
    public static IReadOnlyList<Partition> Read(ImageContent disk)
    {
        if (MasterBootRecord.Read(disk) is not { } record)
        {
            return [];
        }

        var partitions = record.IsProtective ? GuidPartitionTable.Read(disk) : record.Partitions;
        return partitions.FirstOrDefault(partition => partition.Offset + partition.Length > disk.Length) is { } missing
            ? throw ImageFormatException.Truncated($"A partition ends at {missing.Offset + missing.Length}, and the disk at {disk.Length}.")
            : partitions;
    }
}

/// <summary>A partition of a disk.</summary>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="IsEfiSystem">Whether it is an EFI system partition.</param>
/// <param name="IsActive">Whether a BIOS boots it.</param>
internal sealed record Partition(long Offset, long Length, bool IsEfiSystem, bool IsActive);
