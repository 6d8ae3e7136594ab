using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using LinuxKitHyperV.Tests.Images;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

/// <summary>What VM an image gets: generation, boot device, firmware; and what is refused before there is a VM.</summary>
public sealed class StartImageTests : HostedTests
{
    private const string Boot = "(Get-VMFirmware web).BootOrder[0].Device";

    public StartImageTests()
    {
        File.WriteAllBytes(Module["web-efi.img"], TestImage.EfiDisk());
        File.WriteAllBytes(Module["web-bios.img"], TestImage.BiosDisk());
        File.WriteAllBytes(Module["web.iso"], TestImage.BiosIso());
    }

    [Fact]
    public void ABiosIsoGetsGeneration1AndItsDvdDrive()
    {
        Assert.Equal("1", Module.RunWell("Start-LinuxKitVM ./web.iso").Single().Text("Generation"));
        var drive = Module.RunWell("Get-VMDvdDrive web").Single();
        Assert.Equal((Module["web.iso"], "IDE", "1"), (drive.Text("Path"), drive.Text("ControllerType"), drive.Text("ControllerNumber")));
        Assert.Equal("CD", Module.RunWell("(Get-VMBios web).StartupOrder[0]").Single().ToString());
    }

    [Fact]
    public void AnEfiDiskIsConvertedForGeneration2()
    {
        var machine = Module.RunWell("Start-LinuxKitVM ./web-efi.img").Single();
        Assert.Equal(("2", Module["web-efi.img"]), (machine.Text("Generation"), machine.Text("Image")));
        Assert.Equal(Module["web-boot.vhdx"], Module.RunWell(Boot).Single().Text("Path"));
        Assert.True((bool)Module.RunWell("Test-VHD ./web-boot.vhdx").Single().BaseObject);
    }

    [Fact]
    public void ABiosDiskIsConvertedForGeneration1()
    {
        Assert.Equal("1", Module.RunWell("Start-LinuxKitVM ./web-bios.img").Single().Text("Generation"));
        var drive = Module.RunWell("Get-VMHardDiskDrive web").Single();
        Assert.Equal((Module["web-boot.vhdx"], "IDE", "0", "0"), (drive.Text("Path"), drive.Text("ControllerType"), drive.Text("ControllerNumber"), drive.Text("ControllerLocation")));
        Assert.Equal("IDE", Module.RunWell("(Get-VMBios web).StartupOrder[0]").Single().ToString());
    }

    [Theory]
    [InlineData("./web-efi.img")]
    [InlineData("./web-bios.img")]
    public void TheBootDiskGoesWithTheMachine(string image)
    {
        var before = Module.Files.ToList();
        Module.RunWell($"Start-LinuxKitVM {image} -Disk size=1");
        Assert.Contains("web-boot.vhdx", Module.Files);
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.Equal([.. before, "web-disk.vhdx"], Module.Files.Order(StringComparer.Ordinal).OrderBy(file => file == "web-disk.vhdx"));
    }

    [Fact]
    public void TheBootDiskStaysWhereAnotherVMHasItToo()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.img; $null = New-VM other -VHDPath ./web-boot.vhdx; Remove-LinuxKitVM web -Force");
        Assert.Contains("the VM 'other' has it too", Assert.Single(Module.Warnings), StringComparison.Ordinal);
        Assert.Contains("web-boot.vhdx", Module.Files);
    }

    [Theory]
    [InlineData("vhdx", "vhdx")]
    [InlineData("vpc", "vhd")]
    public void ADiskOfHyperVsIsAttachedAsItIsWhenAsked(string format, string extension)
    {
        QemuImg.Convert(Module["web-efi.img"], Module[$"web-efi.{extension}"], format);
        Module.RunWell($"Start-LinuxKitVM ./web-efi.{extension} -NoCopy");
        Assert.Equal(Module[$"web-efi.{extension}"], Module.RunWell(Boot).Single().Text("Path"));
        Module.RunWell("Remove-LinuxKitVM web -Force -RemoveDisk");
        Assert.Contains($"web-efi.{extension}", Module.Files);
    }

    [Fact]
    public void SecureBootIsByTheIdOfItsTemplate()
    {
        var loader = ProgramBuilder.Build(TestImage.X64, [], CertificateTable.SignedBy("The Signer"));
        File.WriteAllBytes(Module["signed.iso"], IsoBuilder.Build([], efi: FatBuilder.Build(new() { ["EFI/BOOT/BOOTX64.EFI"] = loader })));
        Module.RunWell("Start-LinuxKitVM ./signed.iso -Name web -SecureBoot MicrosoftUEFICertificateAuthority -Tpm");
        Assert.Equal(
            ["On", "MicrosoftUEFICertificateAuthority", "True"],
            Module.RunWell("$f = Get-VMFirmware web; \"$($f.SecureBoot)\"; $f.SecureBootTemplate; (Get-VMSecurity web).TpmEnabled").Select(item => item.ToString()));
    }

    [Fact]
    public void AnImageForBothTakesTheGenerationThatIsAskedFor()
    {
        File.WriteAllBytes(Module["both.iso"], IsoBuilder.Build(
            [], efi: FatBuilder.Build(new() { ["EFI/BOOT/BOOTX64.EFI"] = ProgramBuilder.Build(TestImage.X64, []) }), bios: "isolinux"u8.ToArray()));
        Assert.Equal(["2", "1"], Module.RunWell("Start-LinuxKitVM ./both.iso; Start-LinuxKitVM ./both.iso -Name one -Generation 1").Select(machine => machine.Text("Generation")));
    }

    [Fact]
    public void DataDisksKeepTheirOrderAndGoOnFromIdeToScsi()
    {
        Module.RunWell("Start-LinuxKitVM ./web-bios.img -Disk size=1, size=1, size=1 -Metadata 'text'");
        Assert.Equal(
            ["IDE 0 0 web-boot.vhdx", "IDE 0 1 web-disk.vhdx", "SCSI 0 0 web-disk1.vhdx", "SCSI 0 1 web-disk2.vhdx"],
            Places("web"));
        Assert.Equal(["1 0", "1 1"], Module.RunWell("Get-VMDvdDrive web").Select(drive => $"{drive.Text("ControllerNumber")} {drive.Text("ControllerLocation")}"));

        Module.RunWell("Start-LinuxKitVM ./web-efi.iso -Name two -Disk size=1, size=1");
        Assert.Equal(["SCSI 0 2 two-disk.vhdx", "SCSI 0 3 two-disk1.vhdx"], Places("two"));
    }

    [Fact]
    public void AnExistingDiskOfAnotherFormatIsConvertedOnce()
    {
        File.WriteAllBytes(Module["data.img"], new byte[5 << 20]);
        Module.RunWell("Start-LinuxKitVM ./web-efi.iso -Disk data.img");
        Assert.Contains("a copy of", Assert.Single(Module.Warnings), StringComparison.Ordinal);
        Assert.Equal(["SCSI 0 2 web-data.vhdx"], Places("web"));

        Module.RunWell("Remove-LinuxKitVM web -Force; Start-LinuxKitVM ./web-efi.iso -Disk data.img");
        Assert.Empty(Module.Warnings);
        Assert.Equal(["SCSI 0 2 web-data.vhdx"], Places("web"));
    }

    [Theory]
    [InlineData("@{ Size = 1GB }", "web-disk.vhdx")]
    [InlineData("@{ Path = 'a b.vhdx'; Size = '10M' }", "a b.vhdx")]
    [InlineData("@{ File = 'x.vhdx'; SizeBytes = 10MB }", "x.vhdx")]
    [InlineData("@{ Path = 'a,size=5.vhdx'; Size = '10M' }", "a,size=5.vhdx")]
    [InlineData("@{ File = 'a,b.vhdx'; SizeBytes = 10MB; Format = 'vhdx' }", "a,b.vhdx")]
    [InlineData("([pscustomobject]@{ Path = 'a, b.vhdx'; Size = 1GB })", "a, b.vhdx")]
    [InlineData("([pscustomobject]@{ Size = '10M' })", "web-disk.vhdx")]
    public void TakesATableForADisk(string disk, string name)
    {
        Module.RunWell($"Start-LinuxKitVM ./web-efi.iso -Disk {disk}");
        Assert.Contains(name, Module.Files);
    }

    [Fact]
    public void WarnsOfAMissingSerialConsole()
    {
        File.WriteAllBytes(Module["quiet.iso"], TestImage.EfiIso("console=tty0"));
        Module.RunWell("Start-LinuxKitVM ./quiet.iso");
        Assert.Contains("console=ttyS0", Assert.Single(Module.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GenerationNotPossible", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Generation 1")]
    [InlineData("GenerationNotPossible", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web.iso -Generation 2")]
    [InlineData("GenerationNotPossible", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web.iso -Tpm")]
    [InlineData("GenerationNotPossible", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web.iso -SecureBoot MicrosoftWindows")]
    [InlineData("ImageNotSigned", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -SecureBoot MicrosoftUEFICertificateAuthority")]
    [InlineData("ImageNotAttachable", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.img -NoCopy")]
    [InlineData("DiskExists", ErrorCategory.ResourceExists, "[IO.File]::WriteAllText(\"$PWD/web-boot.vhdx\", ''); Start-LinuxKitVM ./web-efi.img")]
    [InlineData("DiskGivenTwice", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.img -Disk 'file=web-boot.vhdx,size=1'")]
    [InlineData("DiskNotReadable", ErrorCategory.InvalidArgument, "[IO.File]::WriteAllText(\"$PWD/x.vhdx\", 'x'); Start-LinuxKitVM ./web-efi.iso -Disk x.vhdx")]
    [InlineData("ImageTruncated", ErrorCategory.InvalidData, "$b = [IO.File]::ReadAllBytes(\"$PWD/web-efi.img\"); [IO.File]::WriteAllBytes(\"$PWD/x.img\", $b[0..(1.2MB)]); Start-LinuxKitVM ./x.img")]
    [InlineData("ImageTruncated", ErrorCategory.InvalidData, "$b = [IO.File]::ReadAllBytes(\"$PWD/web-efi.img\"); [IO.File]::WriteAllBytes(\"$PWD/x.img\", $b[0..(1.2MB)]); New-LinuxKitVM ./web-efi.iso -Disk x.img")]
    [InlineData("DiskNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM ./web-efi.iso -Disk ([pscustomobject]@{ Path = 'x.vhdx'; Size = $null })")]
    [InlineData("DiskNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM ./web-efi.iso -Disk @{ Path = 'a,size=5.vhdx' }")]
    [InlineData("InvalidDisk", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk @{ Path = 'a.vhdx'; File = 'b.vhdx' }")]
    [InlineData("InvalidDisk", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk @{ Size = '1,file=a.vhdx' }")]
    [InlineData("InvalidDisk", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk @{ Color = 'red' }")]
    [InlineData("InvalidDisk", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./web-efi.iso -Disk @{}")]
    [InlineData("DiskNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM ./web-efi.iso -Disk ([pscustomobject]@{ PSTypeName = 'Deserialized.Microsoft.Vhd.PowerShell.VirtualHardDisk'; Path = 'x.vhdx'; Size = 1GB })")]
    public void Refuses(string errorId, ErrorCategory category, string script)
    {
        Module.RunBadly(errorId, category, script);
        Assert.Empty(Module.RunWell("Get-VM"));
        Assert.DoesNotContain(Module.Files, file => file!.StartsWith("LinuxKitHyperV-unfinished-", StringComparison.Ordinal));
    }

    [Fact]
    public void RefusesAnImageForAnotherArchitecture()
    {
        var isArm = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64;
        File.WriteAllBytes(Module["other.iso"], TestImage.EfiIso(machine: isArm ? TestImage.X64 : TestImage.Arm64));
        Module.RunBadly("ImageArchitectureMismatch", ErrorCategory.InvalidArgument, "Start-LinuxKitVM ./other.iso");
        Assert.Empty(Module.RunWell("Get-VM"));
    }

    [Fact]
    public void RefusesAnImageThatDoesNotBoot()
    {
        File.WriteAllBytes(Module["data.iso"], IsoBuilder.Build(new() { ["user-data"] = "{}"u8.ToArray() }));
        Module.RunBadly("ImageNotBootable", ErrorCategory.InvalidData, "Start-LinuxKitVM ./data.iso");
    }

    [Fact]
    public void TakesADiskWhoseNameLooksLikeAPattern()
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -Disk 'file=a [1].vhdx,size=1'; Remove-LinuxKitVM web -Force; $null = Start-LinuxKitVM ./web-efi.iso -Disk 'a [1].vhdx'");
        Assert.Equal(["SCSI 0 2 a [1].vhdx"], Places("web"));
    }

    [Fact]
    public void RefusesADiskThatARunningMachineUses() => Module.RunBadly(
        "DiskInUse",
        ErrorCategory.ResourceBusy,
        "$null = Start-LinuxKitVM ./web-efi.iso -Disk 'file=d.vhdx,size=1'; Start-LinuxKitVM ./web-efi.iso -Name two -Disk d.vhdx");

    [Theory]
    [InlineData("web.iso", false, 2)]
    [InlineData("web.vhdx", true, 2)]
    [InlineData("web.vhd", true, 1)]
    public void OnAnotherHostTheNameTells(string image, bool isNotCopied, int generation)
    {
        var boot = MachineBoot.SettleRemote(image, BootWishes.None with { IsNotCopied = isNotCopied });
        Assert.Equal((generation, image, isNotCopied), (boot.Generation, boot.MediumPath, boot.IsDisk));
    }

    [Theory]
    [InlineData("web.img", true)]
    [InlineData("web.vhdx", false)]
    public void OnAnotherHostNothingIsConverted(string image, bool isNotCopied) => Assert.Equal(
        "ImageNotAttachable",
        Assert.Throws<LinuxKitException>(() => MachineBoot.SettleRemote(image, BootWishes.None with { IsNotCopied = isNotCopied })).ErrorId);

    [Theory]
    [InlineData("Set-VM")]
    [InlineData("New-VM")]
    [InlineData("Add-VMHardDiskDrive")]
    [InlineData("Set-VMFirmware")]
    public void LeavesNoBootDiskBehindWhenACallFails(string call)
    {
        var before = Module.Files.ToList();
        HostedModule.Fail($"{call}:1=OperationFailed");
        Module.Run("Start-LinuxKitVM ./web-efi.img");
        Assert.NotEmpty(Module.Errors);
        Assert.Empty(Module.RunWell("Get-VM"));
        Assert.Equal(before, Module.Files);
    }

    [Fact]
    public void ChangesNothingWithWhatIf()
    {
        var before = Module.Files.ToList();
        Module.RunWell("Start-LinuxKitVM ./web-efi.img -WhatIf");
        Assert.Equal(before, Module.Files);
        Assert.Empty(Module.Recording.Changes);
    }

    private string[] Places(string machine) =>
    [
        .. Module.RunWell($"Get-VMHardDiskDrive {machine}")
            .Select(drive => $"{drive.Text("ControllerType")} {drive.Text("ControllerNumber")} {drive.Text("ControllerLocation")} {Path.GetFileName(drive.Text("Path"))}"),
    ];
}
