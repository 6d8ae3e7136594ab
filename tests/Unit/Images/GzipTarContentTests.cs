using System;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats.Tar;
using LinuxKitHyperV.Images;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>Disks in gzipped tars, which GNU tar writes in its formats.</summary>
public sealed class GzipTarContentTests : IDisposable
{
    private const int Piece = 64 << 10;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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

    [Theory]
    [InlineData("--format=ustar")]
    [InlineData("--format=v7")]
    [InlineData("--format=posix")]
    [InlineData("--format=oldgnu --sparse")]
    [InlineData("--format=gnu --sparse")]
    [InlineData("--format=posix --sparse --sparse-version=0.0")]
    [InlineData("--format=posix --sparse --sparse-version=0.1")]
    [InlineData("--format=posix --sparse --sparse-version=1.0")]
    public void ADiskHasItsDataAndItsHoles(string format)
    {
        // More stretches of data than any header has room for, and a hole at the end.
        var disk = SparseDisk(stretches: 60);
        using var content = Open(Archive(format, "disk.raw"));
        Assert.Equal(disk.Length, content.Length);
        Assert.Equal(disk, content.Read(0, disk.Length));
        if (format.Contains("--sparse", StringComparison.Ordinal))
        {
            var data = content.ExtentAt(0);
            Assert.True(data.IsData);
            Assert.False(content.ExtentAt(data.End).IsData);
        }
    }

    [Theory]
    [InlineData("--format=posix --pax-option=size:=9000000000")]
    public void ASizeInAnExtendedHeaderCounts(string format)
    {
        SparseDisk(stretches: 1);
        using var content = Open(Archive(format, "disk.raw"));
        Assert.Equal(9000000000, content.Length);
    }

    [Fact]
    public void WhatIsBesideTheDiskIsNotTakenForIt()
    {
        var disk = SparseDisk(stretches: 3);
        Directory.CreateDirectory(_folder["out"]);
        File.WriteAllBytes(_folder["out/._disk.raw"], new byte[4096]);
        File.WriteAllText(_folder["README"], "Boot it.\n");
        File.WriteAllText(_folder["vm.ovf"], "<Envelope/>\n");
        File.WriteAllText(_folder[new string('n', 200) + ".txt"], "a long name\n");
        using var content = Open(Archive("--format=gnu", "out", "README", "vm.ovf", new string('n', 200) + ".txt", "disk.raw"));
        Assert.Equal(disk, content.Read(0, disk.Length));
    }

    [Fact]
    public void ATarWithoutADiskSaysWhatItHas()
    {
        File.WriteAllText(_folder["README"], "Boot it.\n");
        File.WriteAllText(_folder["vm.ovf"], "<Envelope/>\n");
        var fault = Assert.Throws<ImageFormatException>(() => Open(Archive("--format=gnu", "README", "vm.ovf")));
        Assert.Equal(ImageFault.NotRecognized, fault.Fault);
        Assert.Contains("'README', 'vm.ovf'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyDiskIsNone()
    {
        File.WriteAllBytes(_folder["disk.raw"], []);
        Assert.Equal(ImageFault.Damaged, Assert.Throws<ImageFormatException>(() => Open(Archive("--format=gnu", "disk.raw"))).Fault);
    }

    [Theory]
    [InlineData("QFI\u00fb\0\0\0\u0003", "qcow2")]
    [InlineData("vhdxfile", "VHDX")]
    [InlineData("conectix", "VHD")]
    [InlineData("KDMV\u0001\0\0\0", "VMDK")]
    public void AContainerInsideIsRefusedByItsName(string magic, string format)
    {
        var bytes = new byte[1 << 20];
        System.Text.Encoding.Latin1.GetBytes(magic).CopyTo(bytes, 0);
        File.WriteAllBytes(_folder["disk.raw"], bytes);
        var archive = Archive("--format=gnu", "disk.raw");
        var error = Assert.Throws<LinuxKitException>(() => ImageFile.Open(archive));
        Assert.Equal("ImageFormatNotSupported", error.ErrorId);
        Assert.Contains($"is a {format} file", error.Message, StringComparison.Ordinal);
    }

    private static GzipTarContent Open(string archive) => GzipTarContent.Open(new FileContent(new MemoryStream(File.ReadAllBytes(archive))));

    private byte[] SparseDisk(int stretches)
    {
        var disk = new byte[((2 * stretches) + 1) * Piece];
        using var file = File.Create(_folder["disk.raw"]);
        file.SetLength(disk.Length);
        for (var index = 0; index < stretches; index++)
        {
            var place = disk.AsSpan(2 * index * Piece, Piece);
            new Random(index).NextBytes(place);
            file.Position = 2 * index * Piece;
            file.Write(place);
        }

        return disk;
    }

    private string Archive(string format, params string[] names)
    {
        var start = new ProcessStartInfo("tar", [.. format.Split(' '), "-cf", "-", .. names]) { WorkingDirectory = _folder["."], RedirectStandardOutput = true };
        using var tar = Process.Start(start)!;
        using (var gzip = new GZipStream(File.Create(_folder["image.tar.gz"]), CompressionLevel.Fastest))
        {
            tar.StandardOutput.BaseStream.CopyTo(gzip);
        }

        tar.WaitForExit();
        Assert.Equal(0, tar.ExitCode);
        return _folder["image.tar.gz"];
    }
}
