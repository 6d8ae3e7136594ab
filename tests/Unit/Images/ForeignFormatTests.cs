using System;
using System.IO;
using System.Text;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Images;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

public sealed class ForeignFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Of whole sectors, as a raw disk is.</summary>
    [Theory]
    [InlineData(64, "\x7F\x10\xDA\xBE", "VDI")]
    [InlineData(0, "QED\0", "QED")]
    [InlineData(0, "WithoutFreeSpace", "Parallels")]
    [InlineData(0, "WithouFreSpacExt", "Parallels")]
    [InlineData(257, "ustar", "tar -xf")]
    [InlineData(0, "\u00FD7zXZ\0", "xz -d")]
    [InlineData(0, "\x28\u00B5\x2F\u00FD", "zstd -d")]
    [InlineData(0, "PK\x03\x04", "Expand-Archive")]
    [InlineData(0, "BZh91AY", "bzip2 -d")]
    [InlineData(0, "\x04\x22\x4D\x18", "lz4 -d")]
    [InlineData(0, "7z\u00BC\u00AF\x27\x1C", "7-Zip")]
    public void IsRefusedByItsNameAndNotTakenForARawDisk(int offset, string signature, string told)
    {
        var bytes = new byte[1 << 20];
        Encoding.Latin1.GetBytes(signature).CopyTo(bytes, offset);
        File.WriteAllBytes(_folder["disk.img"], bytes);
        foreach (var open in (Action[])[() => ImageFile.Inspect(_folder["disk.img"]), () => ImageFile.Open(_folder["disk.img"]).Dispose()])
        {
            var error = Assert.Throws<LinuxKitException>(open);
            Assert.Equal("ImageFormatNotSupported", error.ErrorId);
            Assert.Contains(told, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnyOtherBytesMayBeADisk()
    {
        var bytes = new byte[1 << 20];
        new Random(4).NextBytes(bytes);
        File.WriteAllBytes(_folder["disk.img"], bytes);
        using var image = ImageFile.Open(_folder["disk.img"]);
        Assert.Equal(LinuxKitImageFormat.Raw, image.Format);
    }
}
