using LinuxKitHyperV.Disks;
using Xunit;

namespace LinuxKitHyperV.Tests.Disks;

public sealed class DiskSyntaxTests
{
    private const long MiB = 1L << 20;
    private const long GiB = 1L << 30;

    [Theory]
    [InlineData("size=1", null, GiB)]
    [InlineData("size=1G", null, GiB)]
    [InlineData("size=512M", null, 512 * MiB)]
    [InlineData("10GB", null, 10 * GiB)]
    [InlineData("10", null, 10 * GiB)]
    [InlineData("2tb", null, 2048 * GiB)]
    [InlineData("4096KB", null, 4 * MiB)]
    [InlineData("data.vhdx", "data.vhdx", null)]
    [InlineData("file=data.vhdx", "data.vhdx", null)]
    [InlineData("file=data.vhdx,size=512M", "data.vhdx", 512 * MiB)]
    [InlineData("size=512M,file=data.vhdx", "data.vhdx", 512 * MiB)]
    [InlineData("data.vhdx,size=3", "data.vhdx", 3 * GiB)]
    [InlineData("data.vhdx,format=vhdx", "data.vhdx", null)]
    [InlineData("file=a b$(x)'`\".vhdx", "a b$(x)'`\".vhdx", null)]
    [InlineData("file=a=b.vhdx", "a=b.vhdx", null)]
    public void Reads(string text, string? path, long? size)
    {
        Assert.Equal(new DiskSpec(path, size), DiskSyntax.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("format=vhdx")]
    [InlineData("file=")]
    [InlineData("size=")]
    [InlineData("size=big")]
    [InlineData("size=1,size=2")]
    [InlineData("file=a.vhdx,file=b.vhdx")]
    [InlineData("format=qcow2,size=1")]
    [InlineData("colour=red,size=1")]
    public void RefusesWhatItDoesNotUnderstand(string text)
    {
        var exception = Assert.Throws<LinuxKitException>(() => DiskSyntax.Parse(text));
        Assert.Equal("InvalidDisk", exception.ErrorId);
        Assert.Equal(text, exception.Target);
    }

    [Theory]
    [InlineData("size=0")]
    [InlineData("2M")]
    [InlineData("1KB")]
    [InlineData("size=1K")]
    [InlineData("-1")]
    [InlineData("-1GB")]
    [InlineData("-999999999999999T")]
    [InlineData("65T")]
    [InlineData("999999999999999T")]
    public void RefusesSizesThatHyperVCannotMake(string text)
    {
        Assert.Equal("InvalidDiskSize", Assert.Throws<LinuxKitException>(() => DiskSyntax.Parse(text)).ErrorId);
    }
}
