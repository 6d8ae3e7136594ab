using System;
using System.IO;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats.Tar;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

public sealed class GzipTarContentTests
{
    private const int Piece = 64 << 10;

    [Fact]
    public void ADiskThatIsReadForwardsIsInflatedOnce()
    {
        var disk = new byte[32 * Piece];
        new Random(3).NextBytes(disk);
        using var file = new FileContent(new MemoryStream(GzipTar.Of(disk)));
        using var content = GzipTarContent.Open(file);
        Assert.Equal(disk.Length, content.Length);
        for (var offset = 0; offset < disk.Length; offset += Piece)
        {
            Assert.Equal(disk[offset..(offset + Piece)], content.Read(offset, Piece));
        }

        Assert.InRange(file.BytesRead, disk.Length, file.Length);
        Assert.Equal(disk[..Piece], content.Read(0, Piece));
    }
}
