using System;
using System.IO;
using System.IO.Compression;
using System.Threading;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Tests.Images;
using Xunit;

namespace LinuxKitHyperV.Tests.Disks;

/// <summary>What is written is what was read, as qemu-img sees both.</summary>
public sealed class DiskConversionTests : IDisposable
{
    private const long MiB = 1 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("disk.vhdx")]
    [InlineData("disk.vhd")]
    public void WritesWhatQemuFindsEqual(string name)
    {
        MakeDisk(_folder["disk.img"], 21 * MiB);
        Convert(_folder["disk.img"], _folder[name]);
        Compare(_folder["disk.img"], "raw", name);
    }

    [Theory]
    [InlineData("qcow2")]
    [InlineData("qcow2", "-c")]
    [InlineData("qcow2", "-o", "cluster_size=4k")]
    [InlineData("vmdk")]
    [InlineData("vmdk", "-o", "subformat=streamOptimized,compat6")]
    [InlineData("vpc", "-o", "subformat=dynamic,force_size")]
    [InlineData("vpc", "-o", "subformat=fixed,force_size")]
    [InlineData("vhdx")]
    public void ReadsWhatQemuWrites(string format, params string[] options)
    {
        MakeDisk(_folder["disk.img"], 21 * MiB);
        QemuImg.Convert(_folder["disk.img"], _folder["source"], format, options);
        Convert(_folder["source"], _folder["disk.vhdx"]);
        Compare(_folder["disk.img"], "raw", "disk.vhdx");
    }

    [Theory]
    [InlineData("disk.vhdx")]
    [InlineData("disk.vhd")]
    public void ReadsWhatItWrites(string name)
    {
        MakeDisk(_folder["disk.img"], 9 * MiB);
        Convert(_folder["disk.img"], _folder[name]);
        Convert(_folder[name], _folder["again.vhdx"]);
        Compare(_folder["disk.img"], "raw", "again.vhdx");
    }

    [Fact]
    public void ReadsAQcow2ThatGrewAndHasZeroClusters()
    {
        QemuImg.Run("create", "-q", "-f", "qcow2", _folder["disk.qcow2"], "64M");
        OtherProgram.Run("qemu-io", "-f", "qcow2", "-c", "write -P 7 1M 9M", "-c", "write -z 3M 2M", "-c", "discard 6M 1M", "-c", "write -P 9 63M 1M", _folder["disk.qcow2"]);
        Convert(_folder["disk.qcow2"], _folder["disk.vhdx"]);
        Compare(_folder["disk.qcow2"], "qcow2", "disk.vhdx");
    }

    [Fact]
    public void TellsTheTableOfBlocksFromThatOfBitmaps()
    {
        // The chunk of the second bitmap begins at 4 GiB.
        using (var file = File.Create(_folder["disk.img"]))
        {
            file.SetLength(9L << 30);
            foreach (var offset in new[] { 0, (4L << 30) - 512, 4L << 30, (8L << 30) + 5, (9L << 30) - 1 })
            {
                file.Position = offset;
                file.WriteByte(1);
            }
        }

        Convert(_folder["disk.img"], _folder["disk.vhdx"]);
        Compare(_folder["disk.img"], "raw", "disk.vhdx");
    }

    [Fact]
    public void HolesCostNothing()
    {
        using (var file = File.Create(_folder["disk.img"]))
        {
            file.SetLength(1L << 40);
            for (var index = 0; index < 10; index++)
            {
                file.Position = index * 100L << 30;
                file.Write(Noise((int)MiB));
            }
        }

        var read = 0L;
        Convert(_folder["disk.img"], _folder["disk.vhdx"], progress: progress => read = progress.BytesCopied);
        Assert.Equal(10 * MiB, read);
        Assert.InRange(new FileInfo(_folder["disk.vhdx"]).Length, 10 * MiB, 32 * MiB);
    }

    [Fact]
    public void ZerosTakeNoPlace()
    {
        File.WriteAllBytes(_folder["disk.img"], new byte[16 * MiB]);
        Convert(_folder["disk.img"], _folder["disk.vhdx"]);
        Assert.Equal(4 * MiB, new FileInfo(_folder["disk.vhdx"]).Length);
        Compare(_folder["disk.img"], "raw", "disk.vhdx");
    }

    [Theory]
    [InlineData("disk.vhdx")]
    [InlineData("disk.vhd")]
    public void MakesTheDiskLarger(string name)
    {
        MakeDisk(_folder["disk.img"], 5 * MiB);
        Convert(_folder["disk.img"], _folder[name], size: 100 * MiB);
        using (var file = new FileStream(_folder["disk.img"], FileMode.Open))
        {
            file.SetLength(100 * MiB);
        }

        Compare(_folder["disk.img"], "raw", name);
    }

    [Fact]
    public void NoDiskIsSmallerThanHyperVMakesThem()
    {
        Assert.Equal(3 * MiB, DiskConversion.SizeFor(1));
        Assert.Equal((5 * MiB) + 4096, DiskConversion.SizeFor((5 * MiB) + 1));
    }

    [Fact]
    public void IsEndedBetweenTwoBlocks()
    {
        MakeDisk(_folder["disk.img"], 21 * MiB);
        using var stopping = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Convert(_folder["disk.img"], _folder["disk.vhdx"], progress: _ => stopping.Cancel(), stopping: stopping));

        // What was written so far nobody takes for a disk.
        Assert.NotEqual((byte)'v', File.ReadAllBytes(_folder["disk.vhdx"])[0]);
    }

    [Fact]
    public void WhatIsCutOffIsNotConverted()
    {
        MakeDisk(_folder["disk.img"], 21 * MiB);
        using (var gzip = new GZipStream(File.Create(_folder["image.tar.gz"]), CompressionLevel.Fastest))
        using (var tar = new System.Formats.Tar.TarWriter(gzip))
        {
            tar.WriteEntry(_folder["disk.img"], "disk.raw");
        }

        Convert(_folder["image.tar.gz"], _folder["disk.vhdx"]);
        Compare(_folder["disk.img"], "raw", "disk.vhdx");
        using (var file = new FileStream(_folder["image.tar.gz"], FileMode.Open))
        {
            file.SetLength(file.Length - 2000);
        }

        Assert.Equal(ImageFault.Truncated, Assert.Throws<ImageFormatException>(() => Convert(_folder["image.tar.gz"], _folder["other.vhdx"])).Fault);
    }

    private static void Convert(string source, string path, long? size = null, Action<ConversionProgress>? progress = null, CancellationTokenSource? stopping = null)
    {
        using var image = ImageFile.Open(source);
        var isVhd = path.EndsWith(".vhd", StringComparison.Ordinal);
        DiskConversion.Run(image.Content, path, isVhd, size ?? DiskConversion.SizeFor(image.Content.Length), progress ?? (_ => { }), stopping?.Token ?? TestContext.Current.CancellationToken);
    }

    private void Compare(string expected, string format, string name)
    {
        var isVhd = name.EndsWith(".vhd", StringComparison.Ordinal);
        if (!isVhd)
        {
            // It knows no check for a VHD.
            QemuImg.Run("check", "-q", "-f", "vhdx", _folder[name]);
        }

        QemuImg.Run("compare", "-q", "-f", format, "-F", isVhd ? "vpc" : "vhdx", expected, _folder[name]);

        // It takes a disk for equal to a larger one that ends with zeros.
        using var first = ImageFile.Open(expected);
        using var second = ImageFile.Open(_folder[name]);
        Assert.Equal(first.Content.Length, second.Content.Length);
    }

    // Noise, holes and zeros of many lengths, none of them in step with blocks or clusters.
    private static void MakeDisk(string path, long length)
    {
        using var file = File.Create(path);
        file.SetLength(length);
        var random = new Random(7);
        for (var offset = 0L; offset < length; offset += random.Next(1, (int)MiB))
        {
            file.Position = offset;
            file.Write(random.Next(3) == 0 ? new byte[random.Next(200000)] : Noise(random.Next(200000)));
        }

        file.SetLength(length);
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
