using System;
using System.IO;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>What images of LinuxKit's formats are found to be.</summary>
public sealed class ImageInspectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnEfiIso() => Expect(
        Inspect(TestImage.EfiIso()), LinuxKitImageFormat.Iso, LinuxKitBootMode.Uefi, 2, "GRUB");

    [Fact]
    public void ABiosIso() => Expect(
        Inspect(TestImage.BiosIso()), LinuxKitImageFormat.Iso, LinuxKitBootMode.Bios, 1, "ISOLINUX");

    [Fact]
    public void AnIsoForBoth()
    {
        var image = Inspect(IsoBuilder.Build(
            new() { ["isolinux/isolinux.cfg"] = "APPEND console=tty0"u8.ToArray() },
            efi: FatBuilder.Build(new() { ["EFI/BOOT/BOOTX64.EFI"] = ProgramBuilder.Build(TestImage.X64, []) }),
            bios: "isolinux"u8.ToArray()));
        Assert.Equal(LinuxKitBootMode.Bios | LinuxKitBootMode.Uefi, image.BootMode);
        Assert.Equal(2, image.Generation);
        Assert.Equal("console=tty0", image.KernelCommandLine);
        Assert.False(image.Console);
    }

    [Fact]
    public void AnIsoThatDoesNotBoot()
    {
        var image = Inspect(IsoBuilder.Build(new() { ["user-data"] = "{}"u8.ToArray() }));
        Assert.Equal((LinuxKitBootMode.None, null), (image.BootMode, image.Generation));
        Assert.Null(image.Console);
    }

    [Fact]
    public void AnEfiDisk() => Expect(
        Inspect(TestImage.EfiDisk()), LinuxKitImageFormat.Raw, LinuxKitBootMode.Uefi, 2, "GRUB");

    [Fact]
    public void ADiskWithAUnifiedKernel() => Expect(
        Inspect(TestImage.UnifiedDisk()), LinuxKitImageFormat.Raw, LinuxKitBootMode.Uefi, 2, "systemd-boot");

    [Fact]
    public void ABiosDisk() => Expect(
        Inspect(TestImage.BiosDisk()), LinuxKitImageFormat.Raw, LinuxKitBootMode.Bios, 1, "SYSLINUX");

    [Theory]
    [InlineData("qcow2", LinuxKitImageFormat.Qcow2)]
    [InlineData("qcow2", LinuxKitImageFormat.Qcow2, "-c")]
    [InlineData("qcow2", LinuxKitImageFormat.Qcow2, "-o", "compat=0.10")]
    [InlineData("qcow2", LinuxKitImageFormat.Qcow2, "-o", "cluster_size=512")]
    [InlineData("qcow2", LinuxKitImageFormat.Qcow2, "-o", "cluster_size=2M")]
    [InlineData("vmdk", LinuxKitImageFormat.Vmdk)]
    [InlineData("vmdk", LinuxKitImageFormat.Vmdk, "-o", "adapter_type=lsilogic,subformat=streamOptimized,compat6")]
    [InlineData("vpc", LinuxKitImageFormat.Vhd, "-o", "subformat=fixed,force_size")]
    [InlineData("vpc", LinuxKitImageFormat.Vhd, "-o", "subformat=dynamic,force_size")]
    [InlineData("vhdx", LinuxKitImageFormat.Vhdx, "-o", "subformat=dynamic")]
    [InlineData("vhdx", LinuxKitImageFormat.Vhdx, "-o", "subformat=fixed")]
    [InlineData("vhdx", LinuxKitImageFormat.Vhdx, "-o", "block_size=1M")]
    public void ADiskInAContainer(string format, LinuxKitImageFormat expected, params string[] options)
    {
        File.WriteAllBytes(_folder["disk.img"], TestImage.EfiDisk());
        QemuImg.Convert(_folder["disk.img"], _folder["image"], format, options);
        var image = Inspect(File.ReadAllBytes(_folder["image"]));
        Expect(image, expected, LinuxKitBootMode.Uefi, 2, "GRUB");
        Assert.Equal(new FileInfo(_folder["disk.img"]).Length, image.VirtualSizeBytes);
    }

    [Fact]
    public void ADiskInAGzippedTar()
    {
        var image = Inspect(GzipTar.Of(TestImage.BiosDisk()));
        Expect(image, LinuxKitImageFormat.GzipTar, LinuxKitBootMode.Bios, 1, "SYSLINUX");
        Assert.Equal(TestImage.BiosDisk().Length, image.VirtualSizeBytes);
    }

    [Theory]
    [InlineData(TestImage.X64, LinuxKitArchitecture.X64)]
    [InlineData(TestImage.Arm64, LinuxKitArchitecture.Arm64)]
    public void TheArchitectureIsThatOfTheLoader(int machine, LinuxKitArchitecture expected)
    {
        Assert.Equal(expected, Inspect(TestImage.EfiIso(machine: (ushort)machine)).Architecture);
        Assert.Equal(expected, Inspect(TestImage.EfiDisk(machine: (ushort)machine)).Architecture);
    }

    [Theory]
    [InlineData("console=ttyS0", true)]
    [InlineData("quiet console=tty0 console=ttyS0,115200n8 text", true)]
    [InlineData("console=ttyS01", false)]
    [InlineData("console=tty0 text", false)]
    [InlineData("earlyconsole=ttyS0", false)]
    public void TheConsoleIsOnTheCommandLine(string commandLine, bool expected)
    {
        Assert.Equal(expected, Inspect(TestImage.EfiIso(commandLine)).Console);
        Assert.Equal(expected, Inspect(TestImage.UnifiedDisk(commandLine)).Console);
    }

    [Fact]
    public void LinuxFileSystemsAreReadToo()
    {
        Directory.CreateDirectory(_folder["root"]);
        File.WriteAllText(Path.Combine(_folder["root"], "syslinux.cfg"), "DEFAULT b\nLABEL a\n APPEND console=tty0\nLABEL b\n APPEND console=ttyS0 b\n");
        foreach (var options in new[] { "-text4", "-text2", "-text4 -b4096 -O^64bit" })
        {
            using (var file = File.Create(_folder["fs"]))
            {
                file.SetLength(8 << 20);
            }

            OtherProgram.Run("/sbin/mke2fs", ["-q", "-F", .. options.Split(' '), "-d", _folder["root"], _folder["fs"]]);
            var image = Inspect(DiskBuilder.Mbr(File.ReadAllBytes(_folder["fs"])));
            Assert.Equal((LinuxKitBootMode.Bios, "console=ttyS0 b"), (image.BootMode, image.KernelCommandLine));
        }
    }

    [Fact]
    public void TheSignerIsNamed()
    {
        var loader = ProgramBuilder.Build(TestImage.X64, new() { [".text"] = "code"u8.ToArray(), [".sbat"] = "sbat,1,SBAT Version\nshim,4,UEFI shim\n"u8.ToArray() }, CertificateTable.SignedBy("The Signer"));
        var image = Inspect(IsoBuilder.Build([], efi: FatBuilder.Build(new() { ["EFI/BOOT/BOOTX64.EFI"] = loader, ["EFI/BOOT/grubx64.efi"] = [1] })));
        Assert.Equal(("The Signer", "shim, GRUB"), (image.SecureBoot, image.Bootloader));
    }

    [Fact]
    public void WhatIsTooFarAwayIsNotKnown()
    {
        // 2 MiB of what cannot be compressed stand before the partition.
        var disk = TestImage.BiosDisk();
        var grown = new byte[disk.Length + (4 << 20)];
        disk.AsSpan(0, 512).CopyTo(grown);
        new Random(1).NextBytes(grown.AsSpan(512, 4 << 20));
        disk.AsSpan(1 << 20).CopyTo(grown.AsSpan(5 << 20));
        BitConverter.TryWriteBytes(grown.AsSpan(446 + 8), (5 << 20) / 512);
        var fault = Assert.Throws<ImageFormatException>(() => Inspect(GzipTar.Of(grown))).Fault;
        Assert.Equal(ImageFault.OutOfReach, fault);
        Assert.Equal(TestImage.CommandLine, Inspect(grown).KernelCommandLine);
    }

    [Fact]
    public void TextIsNoImage() => Assert.Equal(ImageFault.NotRecognized, Assert.Throws<ImageFormatException>(() => Inspect("image"u8.ToArray())).Fault);

    [Fact]
    public void NothingIsNoImage() => Assert.Equal(ImageFault.NotRecognized, Assert.Throws<ImageFormatException>(() => Inspect([])).Fault);

    [Fact]
    public void WhatIsCutOffIsTold()
    {
        File.WriteAllBytes(_folder["disk.img"], TestImage.EfiDisk());
        foreach (var (format, options) in new[]
        {
            ("raw", "-n"), ("qcow2", "-q"), ("vmdk", "-osubformat=streamOptimized"), ("vpc", "-osubformat=dynamic,force_size"), ("vpc", "-osubformat=fixed,force_size"), ("vhdx", "-q"),
        })
        {
            if (format != "raw")
            {
                QemuImg.Convert(_folder["disk.img"], _folder["image"], format, options);
            }

            var bytes = File.ReadAllBytes(_folder[format == "raw" ? "disk.img" : "image"]);
            foreach (var length in new[] { bytes.Length / 4, bytes.Length / 2 })
            {
                var fault = Record.Exception(() => ReadAll(bytes[..length])) is ImageFormatException exception ? exception.Fault : (ImageFault?)null;
                Assert.True(fault is ImageFault.Truncated or ImageFault.Damaged, $"{format} {options} cut off at {length} of {bytes.Length}: {fault}");
            }
        }

        Assert.Equal(ImageFault.Truncated, Assert.Throws<ImageFormatException>(() => Inspect(TestImage.EfiIso()[..^2048])).Fault);
        Assert.Equal(ImageFault.Truncated, Assert.Throws<ImageFormatException>(() => ReadAll(GzipTar.Of(TestImage.BiosDisk())[..^200])).Fault);
    }

    private static void Expect(LinuxKitImage image, LinuxKitImageFormat format, LinuxKitBootMode mode, int generation, string loader)
    {
        Assert.Equal((format, mode, generation, loader), (image.Format, image.BootMode, image.Generation, image.Bootloader));
        Assert.Equal((LinuxKitArchitecture.X64, TestImage.CommandLine, true), (image.Architecture, image.KernelCommandLine, image.Console));
        Assert.Null(image.SecureBoot);
    }

    private static LinuxKitImage Inspect(byte[] image)
    {
        using var counted = new CountingStream(new MemoryStream(image));
        var found = ImageFile.Inspect("image", counted);
        Assert.InRange(counted.BytesRead, 0, 1 << 20);
        return found;
    }

    private static void ReadAll(byte[] image)
    {
        Inspect(image);
        using var file = ImageFile.Open(new FileContent(new MemoryStream(image)), long.MaxValue);
        var buffer = new byte[1 << 20];
        for (var offset = 0L; offset < file.Content.Length; offset += buffer.Length)
        {
            file.Content.Read(offset, buffer, 0, (int)Math.Min(buffer.Length, file.Content.Length - offset));
        }
    }
}
