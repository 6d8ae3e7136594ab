using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats.Partitions;

namespace LinuxKitHyperV.Images;

/// <summary>Raw disks, which say nowhere how long they are.</summary>
internal static class RawDisk
{
    private const int SectorSize = 512;

    /// <summary>Makes sure that a file may be a disk, and all of it, as far as the disk's own contents tell.</summary>
    /// <exception cref="ImageFormatException">It is not.</exception>
    public static void RequireWhole(ImageContent disk)
    {
        // First, because a disk that was cut off rarely ends with a sector.
        _ = PartitionTable.Read(disk);
        if (disk.Length % SectorSize != 0)
        {
            throw new ImageFormatException(ImageFault.NotRecognized, $"It has {disk.Length} bytes, and a disk consists of sectors of {SectorSize}.");
        }
    }
}
