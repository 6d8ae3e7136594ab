using System.Collections.Generic;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Fat;

/// <summary>The clusters of a FAT file system, and the table that chains them.</summary>
internal sealed class FatVolume
{
    private const int BootSectorSize = 512;
    private const int EntrySize = 32;
    private const uint FirstClusterNumber = 2;
    private const uint MostFolderClusters = 4096;
    private const uint MostClustersOfFat12 = 4084;
    private const uint MostClustersOfFat16 = 65524;

    private readonly ImageContent _partition;
    private readonly long _tableOffset;
    private readonly long _rootOffset;
    private readonly int _rootSize;
    private readonly long _dataOffset;
    private readonly uint _clusterCount;

    private FatVolume(ImageContent partition, byte[] boot, int sectorSize, int clusterSize)
    {
        _partition = partition;
        ClusterSize = clusterSize;
        uint tableSectors = LittleEndian.UInt16(boot, 22);
        tableSectors = tableSectors == 0 ? LittleEndian.UInt32(boot, 36) : tableSectors;
        uint sectors = LittleEndian.UInt16(boot, 19);
        sectors = sectors == 0 ? LittleEndian.UInt32(boot, 32) : sectors;
        _tableOffset = (long)LittleEndian.UInt16(boot, 14) * sectorSize;
        _rootOffset = _tableOffset + ((long)boot[16] * tableSectors * sectorSize);
        _rootSize = LittleEndian.UInt16(boot, 17) * EntrySize;
        _dataOffset = _rootOffset + ((_rootSize + sectorSize - 1) / sectorSize * sectorSize);
        var dataSize = ((long)sectors * sectorSize) - _dataOffset;
        _clusterCount = dataSize > 0 ? (uint)(dataSize / clusterSize) : 0;
        RootCluster = _rootSize == 0 ? LittleEndian.UInt32(boot, 44) : 0;
    }

    /// <summary>The size of a cluster in bytes.</summary>
    public int ClusterSize { get; }

    /// <summary>The first cluster of the root folder; 0 on FAT12 and FAT16, where it has a place of its own.</summary>
    public uint RootCluster { get; }

    /// <summary>Reads the boot sector; null where it is not one of FAT.</summary>
    public static FatVolume? Open(ImageContent partition)
    {
        if (partition.Length < BootSectorSize)
        {
            return null;
        }

        var boot = partition.Read(0, BootSectorSize);
        int sectorSize = LittleEndian.UInt16(boot, 11);
        int sectorsPerCluster = boot[13];
        return boot[0] is 0xEB or 0xE9 &&
            sectorSize is 512 or 1024 or 2048 or 4096 &&
            sectorsPerCluster > 0 && (sectorsPerCluster & (sectorsPerCluster - 1)) == 0 &&
            LittleEndian.UInt16(boot, 14) > 0 && boot[16] is 1 or 2
                ? new FatVolume(partition, boot, sectorSize, sectorSize * sectorsPerCluster)
                : null;
    }

    /// <summary>The contents of a folder, piece by piece.</summary>
    public IEnumerable<byte[]> Folder(uint firstCluster)
    {
        if (firstCluster == 0 && _rootSize > 0)
        {
            yield return _partition.Read(_rootOffset, _rootSize);
            yield break;
        }

        var count = 0;
        for (uint? cluster = firstCluster == 0 ? RootCluster : firstCluster; cluster is { } number && count < MostFolderClusters; cluster = Next(number), count++)
        {
            yield return _partition.Read(Offset(number), ClusterSize);
        }
    }

    /// <summary>Reads from a cluster.</summary>
    public void Read(uint cluster, int within, byte[] buffer, int index, int count) => _partition.Read(Offset(cluster) + within, buffer, index, count);

    /// <summary>The cluster after another one; null after the last.</summary>
    /// <exception cref="ImageFormatException">The chain leads nowhere.</exception>
    public uint? Next(uint cluster)
    {
        var (next, end) = _clusterCount switch
        {
            <= MostClustersOfFat12 => (Entry12(cluster), 0xFF8u),
            <= MostClustersOfFat16 => (LittleEndian.UInt16(_partition.Read(_tableOffset + (cluster * 2L), 2), 0), 0xFFF8u),
            _ => (LittleEndian.UInt32(_partition.Read(_tableOffset + (cluster * 4L), 4), 0) & 0x0FFFFFFF, 0x0FFFFFF8u),
        };
        return next >= end ? null : next;
    }

    // Two entries share three bytes.
    private uint Entry12(uint cluster)
    {
        var pair = LittleEndian.UInt16(_partition.Read(_tableOffset + cluster + (cluster / 2), 2), 0);
        return (uint)((cluster & 1) == 0 ? pair & 0xFFF : pair >> 4);
    }

    private long Offset(uint cluster) => cluster >= FirstClusterNumber && cluster - FirstClusterNumber < _clusterCount
        ? _dataOffset + ((cluster - FirstClusterNumber) * (long)ClusterSize)
        : throw ImageFormatException.Damaged($"Its file system refers to the cluster {cluster}, and has {_clusterCount}.");
}
