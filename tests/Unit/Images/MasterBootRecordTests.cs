using System.IO;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats.Partitions;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

public sealed class MasterBootRecordTests
{
    private const int Table = 446;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ABootSectorWithTextWhereTheTableWouldBeIsNone(int entry)
    {
        var sector = Sector();
        Assert.NotNull(Read(sector));
        sector[Table + (16 * entry)] = 0x80;
        Assert.NotNull(Read(sector));
        sector[Table + (16 * entry)] = (byte)'o';
        Assert.Null(Read(sector));
    }

    [Theory]
    [InlineData(510)]
    [InlineData(511)]
    public void ASectorWithoutTheSignatureIsNone(int index)
    {
        var sector = Sector();
        sector[index] ^= 1;
        Assert.Null(Read(sector));
    }

    private static byte[] Sector()
    {
        var sector = new byte[512];
        (sector[510], sector[511]) = (0x55, 0xAA);
        return sector;
    }

    private static MasterBootRecord? Read(byte[] sector)
    {
        using var disk = new FileContent(new MemoryStream(sector));
        return MasterBootRecord.Read(disk);
    }
}
