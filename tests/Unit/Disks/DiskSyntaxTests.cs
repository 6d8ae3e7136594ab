using System;
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
    [InlineData("3M", null, 3 * MiB)]
    [InlineData("3145728", null, 3 * MiB)]
    [InlineData("64T", null, 65536 * GiB)]
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
    [InlineData("1.5GB")]
    [InlineData("1.5")]
    [InlineData(".5TB")]
    [InlineData("10 GB")]
    [InlineData("10GiB")]
    [InlineData("1PB")]
    [InlineData("size=1.5GB")]
    [InlineData("file=data.vhdx,size=1.5GB")]
    [InlineData("9999999999999999")]
    public void SaysHowSizesAreWritten(string text)
    {
        var exception = Assert.Throws<LinuxKitException>(() => DiskSyntax.Parse(text));
        Assert.Equal("InvalidDisk", exception.ErrorId);
        Assert.Equal(text, exception.Target);
        Assert.Contains("size", exception.Message, StringComparison.Ordinal);
        Assert.Contains("1536MB", exception.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5GB.vhdx")]
    [InlineData("10GB disk")]
    [InlineData(".")]
    [InlineData("GB")]
    public void TakesNamesThatOnlyBeginLikeSizes(string name)
    {
        Assert.Equal(new DiskSpec(name, null), DiskSyntax.Parse(name));
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
    [InlineData("10485761")]
    [InlineData("size=10485761")]
    public void RefusesSizesThatHyperVCannotMake(string text)
    {
        Assert.Equal("InvalidDiskSize", Assert.Throws<LinuxKitException>(() => DiskSyntax.Parse(text)).ErrorId);
    }
}
