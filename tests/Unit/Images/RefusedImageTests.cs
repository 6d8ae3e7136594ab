using System;
using System.IO;
using System.IO.Compression;
using System.Text;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Formats;
using LinuxKitHyperV.Formats.Vhd;
using LinuxKitHyperV.Formats.Vhdx;
using LinuxKitHyperV.Images;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>What cannot be read is refused with its reason, before anything is made of it.</summary>
public sealed class RefusedImageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0x202, "HdrS")]
    [InlineData(56, "ARMd")]
    public void AKernelAlone(int offset, string magic)
    {
        // A kernel for x86 has the signature of a boot sector, and code where a disk's partitions are.
        var kernel = new byte[8 << 10];
        Array.Fill<byte>(kernel, 0x90);
        kernel[510] = 0x55;
        kernel[511] = 0xAA;
        Encoding.ASCII.GetBytes(magic).CopyTo(kernel, offset);
        File.WriteAllBytes(_folder["image"], kernel);
        var exception = Assert.Throws<LinuxKitException>(() => ImageFile.Inspect(_folder["image"]));
        Assert.Equal("ImageNotRecognized", exception.ErrorId);
        Assert.Contains("Linux kernel", exception.Message, StringComparison.Ordinal);
        Assert.Equal("ImageNotRecognized", Assert.Throws<LinuxKitException>(() => ImageFile.Open(_folder["image"])).ErrorId);
    }

    [Theory]
    [InlineData("070701", false)]
    [InlineData("070702", false)]
    [InlineData("070701", true)]
    public void AnInitialRamdiskAlone(string magic, bool isCompressed)
    {
        using (var file = File.Create(_folder["image"]))
        using (Stream content = isCompressed ? new GZipStream(file, CompressionLevel.Fastest) : file)
        {
            content.Write(Encoding.ASCII.GetBytes(magic.PadRight(8 << 10, '0')));
        }

        var exception = Assert.Throws<LinuxKitException>(() => ImageFile.Inspect(_folder["image"]));
        Assert.Equal("ImageNotRecognized", exception.ErrorId);
        Assert.Contains("initial ramdisk alone", exception.Message, StringComparison.Ordinal);
        Assert.Contains("iso-efi-initrd", exception.Remedy, StringComparison.Ordinal);
        Assert.Equal("ImageNotRecognized", Assert.Throws<LinuxKitException>(() => ImageFile.Open(_folder["image"])).ErrorId);
    }

    [Fact]
    public void AQcow2ThatIsBasedOnAnother()
    {
        QemuImg.Run("create", "-q", "-f", "qcow2", _folder["base"], "8M");
        QemuImg.Run("create", "-q", "-f", "qcow2", "-b", _folder["base"], "-F", "qcow2", _folder["image"]);
        Refused("based on another file");
    }

    [Fact]
    public void AnEncryptedQcow2()
    {
        QemuImg.Run("create", "-q", "-f", "qcow2", "--object", "secret,id=s,data=secret", "-o", "encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time=10", _folder["image"], "8M");
        Refused("encrypted");
    }

    [Fact]
    public void AQcow2ThatIsCompressedWithZstd()
    {
        QemuImg.Run("create", "-q", "-f", "qcow2", "-o", "compression_type=zstd", _folder["image"], "8M");
        Refused("zstd");
    }

    [Fact]
    public void AQcow2WithItsDataElsewhere()
    {
        QemuImg.Run("create", "-q", "-f", "qcow2", "-o", $"data_file={_folder["data"]}", _folder["image"], "8M");
        Refused("in another file");
    }

    [Fact]
    public void AQcow2WithSubclusters()
    {
        QemuImg.Run("create", "-q", "-f", "qcow2", "-o", "extended_l2=on", _folder["image"], "8M");
        Refused("not known here");
    }

    [Theory]
    [InlineData("monolithicFlat")]
    [InlineData("twoGbMaxExtentSparse")]
    public void AVmdkOfSeveralFiles(string format)
    {
        QemuImg.Run("create", "-q", "-f", "vmdk", "-o", $"subformat={format}", _folder["image"], "8M");
        Refused("in other files");
    }

    [Fact]
    public void ADifferencingVhd()
    {
        QemuImg.Run("create", "-q", "-f", "vpc", "-o", "subformat=dynamic,force_size", _folder["image"], "8M");
        Change(bytes =>
        {
            foreach (var footer in new[] { 0, bytes.Length - VhdFooter.Size })
            {
                BigEndian.Write(bytes, footer + VhdFooter.DiskType, VhdFooter.DifferencingType);
                BigEndian.Write(bytes, footer + VhdFooter.Checksum, VhdFooter.Sum(bytes.AsSpan(footer, VhdFooter.Size).ToArray(), VhdFooter.Checksum));
            }
        });
        Refused("differencing");
    }

    [Fact]
    public void ADifferencingVhdx()
    {
        QemuImg.Run("create", "-q", "-f", "vhdx", _folder["image"], "8M");
        Change(bytes =>
        {
            // Its parameters say that it has a parent, and one more item where that is.
            var region = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(VhdxFormat.MetadataSignature));
            var parameters = bytes.AsSpan().IndexOf(VhdxFormat.FileParameters.ToByteArray());
            bytes[region + LittleEndian.UInt32(bytes, parameters + 16) + 4] |= (byte)VhdxFormat.HasParent;
            var count = LittleEndian.UInt16(bytes, region + 10);
            LittleEndian.Write(bytes, region + 10, (ushort)(count + 1));
            var locator = region + 32 + (count * 32);
            LittleEndian.Write(bytes, locator, new Guid("A8D35F2D-B30B-454D-ABF7-D3D84834AB0C"));
            LittleEndian.Write(bytes, locator + 16, 512u << 10);
            LittleEndian.Write(bytes, locator + 20, 100u);
            LittleEndian.Write(bytes, locator + 24, 4u);
        });
        Refused("differencing");
    }

    [Fact]
    public void AVhdxThatWasNotClosed()
    {
        QemuImg.Run("create", "-q", "-f", "vhdx", _folder["image"], "8M");
        Change(bytes =>
        {
            foreach (var offset in VhdxFormat.HeaderOffsets)
            {
                bytes[offset + 48] = 1;
                LittleEndian.Write(bytes, (int)offset + 4, Crc32.Castagnoli.Compute(bytes.AsSpan((int)offset, VhdxFormat.HeaderSize).ToArray(), VhdxFormat.HeaderSize, 4));
            }
        });
        Refused("was not closed");
    }

    [Fact]
    public void AVhdxWithOneDamagedHeaderIsRead()
    {
        QemuImg.Run("create", "-q", "-f", "vhdx", _folder["image"], "8M");
        Change(bytes => bytes[VhdxFormat.HeaderOffsets[0] + 100] ^= 1);
        using var image = ImageFile.Open(_folder["image"]);
        Assert.Equal(8 << 20, image.Content.Length);
    }

    [Fact]
    public void AVhdxWithTwoDamagedHeaders()
    {
        QemuImg.Run("create", "-q", "-f", "vhdx", _folder["image"], "8M");
        Change(bytes => Array.ForEach(VhdxFormat.HeaderOffsets, offset => bytes[offset + 100] ^= 1));
        Assert.Equal("ImageDamaged", Assert.Throws<LinuxKitException>(() => ImageFile.Inspect(_folder["image"])).ErrorId);
    }

    private void Change(Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(_folder["image"]);
        change(bytes);
        File.WriteAllBytes(_folder["image"], bytes);
    }

    private void Refused(string reason)
    {
        var exception = Assert.Throws<LinuxKitException>(() => ImageFile.Inspect(_folder["image"]));
        Assert.Equal("ImageFormatNotSupported", exception.ErrorId);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }
}
