using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

public sealed class ConvertToLinuxKitDiskTests : HostedTests
{
    public ConvertToLinuxKitDiskTests()
    {
        File.WriteAllBytes(Module["linuxkit-efi.img"], TestImage.EfiDisk());
    }

    [Theory]
    [InlineData("ConvertTo-LinuxKitDisk ./linuxkit-efi.img", "linuxkit-efi.vhdx", "VHDX")]
    [InlineData("ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./boot.vhdx", "boot.vhdx", "VHDX")]
    [InlineData("ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./boot.vhd", "boot.vhd", "VHD")]
    [InlineData("ConvertTo-LinuxKitDisk *.img", "linuxkit-efi.vhdx", "VHDX")]
    [InlineData("[pscustomobject]@{ PSPath = \"FileSystem::$PWD/linuxkit-efi.img\" } | ConvertTo-LinuxKitDisk", "linuxkit-efi.vhdx", "VHDX")]
    [InlineData("Get-LinuxKitImage ./linuxkit-efi.img | ConvertTo-LinuxKitDisk", "linuxkit-efi.vhdx", "VHDX")]
    public void EmitsTheDisk(string script, string name, string format)
    {
        var disk = Module.RunWell(script).Single();
        Assert.Equal((name, format, "Dynamic"), (Path.GetFileName(disk.Text("Path")), disk.Text("VhdFormat"), disk.Text("VhdType")));
        Assert.True((bool)Module.RunWell($"Test-VHD ./{name}").Single().BaseObject);
        Assert.Equal(["linuxkit-efi.img", "web-efi.iso", name], Module.Files.Order(StringComparer.Ordinal).OrderBy(file => file == name));
    }

    [Fact]
    public void HasBlocksOfAMebibyte() =>
        Assert.Equal("1048576", Module.RunWell("ConvertTo-LinuxKitDisk ./linuxkit-efi.img").Single().Text("BlockSize"));

    [Fact]
    public void PutsTheDiskIntoAFolder()
    {
        Directory.CreateDirectory(Module["disks"]);
        Assert.Equal(Path.Combine(Module["disks"], "linuxkit-efi.vhdx"), Module.RunWell("ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./disks").Single().Text("Path"));
    }

    [Fact]
    public void MakesTheDiskLarger() =>
        Assert.Equal((2L << 30).ToString(System.Globalization.CultureInfo.InvariantCulture), Module.RunWell("ConvertTo-LinuxKitDisk ./linuxkit-efi.img -Size 2").Single().Text("Size"));

    [Fact]
    public void ReplacesAFileOnlyWithForce()
    {
        File.WriteAllText(Module["linuxkit-efi.vhdx"], "kept");
        Module.RunBadly("DiskExists", ErrorCategory.ResourceExists, "ConvertTo-LinuxKitDisk ./linuxkit-efi.img");
        Assert.Equal("kept", File.ReadAllText(Module["linuxkit-efi.vhdx"]));
        Assert.Single(Module.RunWell("ConvertTo-LinuxKitDisk ./linuxkit-efi.img -Force"));
    }

    [Fact]
    public void NeverReplacesTheImage() => Module.RunBadly(
        "DiskExists", ErrorCategory.ResourceExists, "$null = ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./a.vhdx; ConvertTo-LinuxKitDisk ./a.vhdx -Force");

    [Fact]
    public void ChangesNothingWithWhatIf()
    {
        Module.RunWell("ConvertTo-LinuxKitDisk ./linuxkit-efi.img -WhatIf");
        Assert.Equal(["linuxkit-efi.img", "web-efi.iso"], Module.Files);
    }

    [Fact]
    public void LeavesNothingWhenStopped()
    {
        // So large that it is stopped while it is at it, or before.
        using (var file = new FileStream(Module["large.img"], FileMode.Create))
        {
            file.Write(TestImage.BiosDisk());
            for (var index = 0; index < 256; index++)
            {
                file.Write(Enumerable.Repeat((byte)index, 1 << 20).ToArray());
            }
        }

        using var powerShell = Module.Script("ConvertTo-LinuxKitDisk ./large.img");
        var running = powerShell.BeginInvoke();
        SpinWait.SpinUntil(() => running.IsCompleted || Module.Files.Any(file => file!.EndsWith(".vhdx", StringComparison.Ordinal)), TimeSpan.FromMinutes(1));
        powerShell.Stop();
        Assert.DoesNotContain(Module.Files, file => file!.StartsWith("LinuxKitHyperV-unfinished-", StringComparison.Ordinal));
    }

    /// <summary>Such as Windows makes: a boot sector, whose code and messages lie where a table of partitions would.</summary>
    [Fact]
    public void TakesAFileSystemWithoutPartitions()
    {
        var volume = new byte[4 << 20];
        Array.Fill(volume, (byte)'a', 90, 420);
        (volume[510], volume[511]) = (0x55, 0xAA);
        File.WriteAllBytes(Module["volume.img"], volume);
        Assert.Equal("4194304", Module.RunWell("ConvertTo-LinuxKitDisk ./volume.img").Single().Text("Size"));
    }

    [Theory]
    [InlineData("ImageNotFound", ErrorCategory.ObjectNotFound, "ConvertTo-LinuxKitDisk ./missing.img")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "ConvertTo-LinuxKitDisk nowhere:x.img")]
    [InlineData("ImageIsDvd", ErrorCategory.InvalidArgument, "ConvertTo-LinuxKitDisk ./web-efi.iso")]
    [InlineData("InvalidDiskSize", ErrorCategory.InvalidArgument, "ConvertTo-LinuxKitDisk ./linuxkit-efi.img -Size 1M")]
    [InlineData("InvalidDiskSize", ErrorCategory.InvalidArgument, "[IO.File]::WriteAllBytes(\"$PWD/x.img\", [byte[]]::new(5MB)); ConvertTo-LinuxKitDisk ./x.img -Size 4M")]
    [InlineData("InvalidDiskSize", ErrorCategory.InvalidArgument, "ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./x.vhd -Size 3TB")]
    [InlineData("InvalidDisk", ErrorCategory.InvalidArgument, "ConvertTo-LinuxKitDisk ./linuxkit-efi.img -Size big")]
    [InlineData("DiskFormatNotSupported", ErrorCategory.InvalidArgument, "ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./x.qcow2")]
    [InlineData("DiskFolderNotFound", ErrorCategory.ObjectNotFound, "ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./no/x.vhdx")]
    [InlineData("ImageTruncated", ErrorCategory.InvalidData, "$null = ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./a.vhdx; [IO.File]::WriteAllBytes(\"$PWD/b.vhdx\", [IO.File]::ReadAllBytes(\"$PWD/a.vhdx\")[0..(4.5MB)]); [IO.File]::Delete(\"$PWD/a.vhdx\"); ConvertTo-LinuxKitDisk ./b.vhdx ./c.vhdx")]
    [InlineData("ImageTruncated", ErrorCategory.InvalidData, "[IO.File]::WriteAllBytes(\"$PWD/b.img\", [IO.File]::ReadAllBytes(\"$PWD/linuxkit-efi.img\")[0..(2MB - 1)]); ConvertTo-LinuxKitDisk ./b.img ./c.vhdx")]
    [InlineData("ImageTruncated", ErrorCategory.InvalidData, "[IO.File]::WriteAllBytes(\"$PWD/b.img\", [IO.File]::ReadAllBytes(\"$PWD/linuxkit-bios.img\")[0..1049000]); ConvertTo-LinuxKitDisk ./b.img ./c.vhdx")]
    [InlineData("ImageTruncated", ErrorCategory.InvalidData, "$null = Convert-VHD (ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./a.vhdx).Path ./a.vhd -VHDType Fixed; [IO.File]::WriteAllBytes(\"$PWD/b.vhd\", [IO.File]::ReadAllBytes(\"$PWD/a.vhd\")[0..(2MB - 1)]); ConvertTo-LinuxKitDisk ./b.vhd ./c.vhdx")]
    [InlineData("ImageNotRecognized", ErrorCategory.InvalidData, "[IO.File]::WriteAllText(\"$PWD/linuxkit-cmdline\", 'console=ttyS0'); ConvertTo-LinuxKitDisk ./linuxkit-cmdline ./c.vhdx")]
    public void Refuses(string errorId, ErrorCategory category, string script)
    {
        File.WriteAllBytes(Module["linuxkit-bios.img"], TestImage.BiosDisk());
        Module.RunBadly(errorId, category, script);
        Assert.DoesNotContain(Module.Files, file => file is "c.vhdx" or "linuxkit-efi.vhdx" || file!.StartsWith("LinuxKitHyperV-unfinished-", StringComparison.Ordinal));
    }
}
