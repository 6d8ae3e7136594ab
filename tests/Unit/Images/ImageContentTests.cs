using System.IO;
using LinuxKitHyperV.Content;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>No byte is read that is not there, and of a part none of its neighbor's.</summary>
public sealed class ImageContentTests
{
    private static readonly byte[] Whole = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void AllOfAPartIsRead()
    {
        using var whole = Content();
        var part = whole.Slice(2, 4);
        Assert.Equal(4, part.Length);
        Assert.Equal([2, 3, 4, 5], part.Read(0, 4));
        Assert.Equal([5], part.Read(3, 1));
        Assert.Empty(part.Read(4, 0));
        var buffer = new byte[6];
        part.Read(1, buffer, 2, 3);
        Assert.Equal([0, 0, 3, 4, 5, 0], buffer);
        Assert.Equal([4], part.Slice(1, 3).Read(1, 1));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 4)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    [InlineData(-1, 1)]
    [InlineData(-1, 0)]
    [InlineData(2, -1)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, int.MaxValue)]
    public void NothingOfTheNeighborsIsRead(long offset, int count)
    {
        using var whole = Content();
        Refuses(whole.Slice(2, 4), offset, count, ImageFault.Damaged);
        Refuses(whole.Slice(1, 8).Slice(1, 4), offset, count, ImageFault.Damaged);
    }

    [Theory]
    [InlineData(0, 11)]
    [InlineData(9, 2)]
    [InlineData(10, 1)]
    [InlineData(11, 0)]
    public void NothingIsReadPastTheEndOfAFile(long offset, int count)
    {
        using var whole = Content();
        Refuses(whole, offset, count, ImageFault.Truncated);
        Refuses(whole.Slice(0, 20), offset, count, ImageFault.Truncated);
    }

    [Fact]
    public void APartNeedNotBeThereInFull()
    {
        using var whole = Content();
        var part = whole.Slice(8, 4);
        Assert.Equal([8, 9], part.Read(0, 2));
        Refuses(part, 1, 2, ImageFault.Truncated);
    }

    private static void Refuses(ImageContent content, long offset, int count, ImageFault fault)
    {
        Assert.Equal(fault, Assert.Throws<ImageFormatException>(() => content.Read(offset, count)).Fault);
        Assert.Equal(fault, Assert.Throws<ImageFormatException>(() => content.Read(offset, new byte[32], 0, count)).Fault);
    }

    private static FileContent Content() => new(new MemoryStream(Whole));
}
