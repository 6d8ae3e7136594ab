using System.Collections.Generic;
using System.IO;
using System.Linq;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats.Fat;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>The chains of a FAT file system, damaged: each read ends, and reads nothing outside.</summary>
public sealed class FatVolumeTests
{
    private const int SectorSize = 512;
    private const int MostClusters = 4096;

    // One cluster each, from 2 on: the folder and its file.
    private const int File = 2;
    private const int Folder = 3;
    private const int End = 0xFFF;

    [Fact]
    public void AChainIsFollowedToItsEnd()
    {
        Assert.Equal(2, Read(Folder, (Folder, File), (File, End)));
        Assert.Equal(1, Read(Folder, (Folder, 0xFF8)));
    }

    [Theory]
    [InlineData(Folder)]
    [InlineData(File)]
    public void AFolderWhoseChainLoopsEnds(int next) => Assert.Equal(MostClusters, Read(Folder, (Folder, next), (File, Folder)));

    [Fact]
    public void AFileWhoseChainLoopsEndsWithItsLength()
    {
        using var content = Content((File, File));
        var file = new FatFile(FatVolume.Open(content)!, File, 5 * SectorSize);
        Assert.Equal(Enumerable.Repeat((byte)'x', 5 * SectorSize), file.Read(0, 5 * SectorSize));
    }

    [Fact]
    public void AFileThatIsReadBackwardsIsReadRight()
    {
        using var content = Content((File, Folder), (Folder, End));
        var file = new FatFile(FatVolume.Open(content)!, File, 2 * SectorSize);
        var second = file.Read(SectorSize, SectorSize);
        Assert.Equal(Enumerable.Repeat((byte)'x', SectorSize), file.Read(0, SectorSize));
        Assert.Equal(second, file.Read(SectorSize, SectorSize));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(0xFF7)]
    public void AChainThatLeadsOutOfTheVolumeIsDamaged(int next) =>
        Assert.Equal(ImageFault.Damaged, Assert.Throws<ImageFormatException>(() => Read(Folder, (Folder, next))).Fault);

    [Fact]
    public void TheLastClusterIsRead() => Assert.Equal(2, Read(Folder, (Folder, 19), (19, End)));

    [Fact]
    public void AFileThatEndsBeforeItsLengthIsDamaged()
    {
        using var content = Content();
        var file = new FatFile(FatVolume.Open(content)!, File, SectorSize + 1);
        Assert.Equal(ImageFault.Damaged, Assert.Throws<ImageFormatException>(() => file.Read(SectorSize, 1)).Fault);
    }

    /// <summary>Reads a folder's pieces, more of them at most than there may be.</summary>
    private static int Read(int firstCluster, params (int Cluster, int Next)[] chain)
    {
        using var content = Content(chain);
        return FatVolume.Open(content)!.Folder((uint)firstCluster).Take(MostClusters + 100).Count();
    }

    private static FileContent Content(params (int Cluster, int Next)[] chain)
    {
        var content = Enumerable.Repeat((byte)'x', SectorSize).ToArray();
        var volume = FatBuilder.Build(new Dictionary<string, byte[]> { ["folder/file"] = content });
        foreach (var (cluster, next) in chain)
        {
            // Two entries of the table share three bytes.
            var place = SectorSize + (cluster * 3 / 2);
            (volume[place], volume[place + 1]) = cluster % 2 == 0
                ? ((byte)next, (byte)((volume[place + 1] & 0xF0) | (next >> 8)))
                : ((byte)((volume[place] & 0x0F) | (next << 4)), (byte)(next >> 4));
        }

        return new FileContent(new MemoryStream(volume));
    }
}
