using System;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Fat;

/// <summary>A file in a FAT file system.</summary>
internal sealed class FatFile : ImageContent
{
    private readonly FatVolume _volume;
    private readonly uint _firstCluster;
    private uint _cluster;
    private long _clusterIndex;

    /// <summary>A file that begins in a cluster.</summary>
    public FatFile(FatVolume volume, uint firstCluster, uint length)
    {
        _volume = volume;
        _firstCluster = firstCluster;
        _cluster = firstCluster;
        Length = length;
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    protected override void ReadCore(long offset, byte[] buffer, int index, int count)
    {
        while (count > 0)
        {
            var within = (int)(offset % _volume.ClusterSize);
            var part = Math.Min(count, _volume.ClusterSize - within);
            GoTo(offset / _volume.ClusterSize);
            _volume.Read(_cluster, within, buffer, index, part);
            offset += part;
            index += part;
            count -= part;
        }
    }

    private void GoTo(long clusterIndex)
    {
        if (clusterIndex < _clusterIndex)
        {
            _cluster = _firstCluster;
            _clusterIndex = 0;
        }

        for (; _clusterIndex < clusterIndex; _clusterIndex++)
        {
            _cluster = _volume.Next(_cluster) ?? throw ImageFormatException.Damaged("A file of its file system ends before its length.");
        }
    }
}
