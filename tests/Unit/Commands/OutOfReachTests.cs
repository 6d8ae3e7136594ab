using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>Images and folders that Hyper-V does not reach, though the user does: here a share.</summary>
public sealed class OutOfReachTests : HostedTests
{
    private readonly string _disks;

    public OutOfReachTests()
    {
        _disks = Module.RunWell("(Get-VMHost).VirtualHardDiskPath").Single().ToString();
        Directory.CreateDirectory(Module["behind"]);
        File.Move(Module["web-efi.iso"], Module["behind/web-efi.iso"]);
        Directory.CreateSymbolicLink(Module["share"], "/" + Module["behind"]);
        Module.Recording.Clear();
    }

    private string Own => Path.Combine(_disks, "web");

    private IEnumerable<string?> Made => Directory.Exists(Own) ? Directory.GetFiles(Own).Select(Path.GetFileName).Order(StringComparer.Ordinal) : ["no folder"];

    [Fact]
    public void AnImageIsCopiedAndTheCopyGoesWithTheVM()
    {
        Module.RunWell("$null = Start-LinuxKitVM ./share/web-efi.iso");
        Assert.Equal(Path.Combine(Own, "web-boot.iso"), Module.RunWell("(Get-VMDvdDrive web).Path").Single().ToString());
        Assert.Equal(File.ReadAllBytes(Module["behind/web-efi.iso"]), File.ReadAllBytes(Path.Combine(Own, "web-boot.iso")));
        Assert.Equal(Module["share/web-efi.iso"], Module.RunWell("(Get-LinuxKitVM web).Image").Single().ToString());
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.Equal(["no folder"], Made);
        Assert.Equal(["web-efi.iso"], Directory.GetFiles(Module["behind"]).Select(Path.GetFileName));
    }

    [Fact]
    public void AFolderThatWasThereStays()
    {
        Directory.CreateDirectory(Own);
        Module.RunWell("$null = New-LinuxKitVM ./share/web-efi.iso; Remove-LinuxKitVM web -Force");
        Assert.Empty(Made);
    }

    [Fact]
    public void AFolderThatIsALinkNowStays()
    {
        Module.RunWell("$null = New-LinuxKitVM ./share/web-efi.iso");
        Directory.Move(Own, Own + "2");
        Directory.CreateSymbolicLink(Own, Own + "2");
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.Empty(Made);
    }

    [Theory]
    [InlineData("Start-LinuxKitVM ./share/web-efi.iso -Console -RemoveOnExit -WhatIf")]
    [InlineData("$null = New-LinuxKitVM ./share/web-efi.iso; Remove-LinuxKitVM web -WhatIf")]
    public void WhatIfNamesTheFolderThatGoes(string script)
    {
        var host = new RecordingHost(0);
        using var runspace = Module.OpenRunspace(host);
        using var powerShell = PowerShell.Create(runspace).AddScript(script);
        powerShell.Invoke();
        var said = host.Text[host.Text.IndexOf("delete", StringComparison.Ordinal)..];
        Assert.EndsWith(Own, said.Split(['\r', '\n'])[0].TrimEnd('"', '\'', '.', ' ').Replace("\" on target \"web", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsMadeAtAPromptOfAShareIsNotMadeThere()
    {
        Module.RunWell("Set-Location share; $null = Start-LinuxKitVM ./web-efi.iso -Disk size=1, 'file=data.vhdx,size=1' -Metadata secret");
        Assert.Contains("Hyper-V does not reach", Assert.Single(Module.Warnings), StringComparison.Ordinal);
        Assert.Contains(Own, Assert.Single(Module.Warnings), StringComparison.Ordinal);
        Assert.Equal(4, Made.Count());
        Assert.Equal(["data.vhdx", "web-boot.iso", "web-disk.vhdx"], Made.Where(file => file?.Contains("metadata", StringComparison.Ordinal) == false));
        Assert.Equal(["web-efi.iso"], Directory.GetFiles(Module["behind"]).Select(Path.GetFileName));
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.Equal(["data.vhdx", "web-disk.vhdx"], Made);
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -Disk size=1, data.vhdx; Remove-LinuxKitVM web -Force -RemoveDisk");
        Assert.Equal(["data.vhdx", "web-disk.vhdx"], Made);
    }

    [Fact]
    public void AnImageOfADiskIsConvertedToWhereHyperVReachesIt()
    {
        File.WriteAllBytes(Module["behind/db-efi.img"], TestImage.EfiDisk());
        Module.RunWell("Set-Location share; $null = New-LinuxKitVM ./db-efi.img -Name web");
        Assert.Equal(["web-boot.vhdx"], Made);
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.Equal(["no folder"], Made);
    }

    [Fact]
    public void MetadataThatIsThereIsCopiedToo()
    {
        Module.RunWell("$null = New-LinuxKitMetadata ./share/m.iso secret; $null = New-LinuxKitVM ./share/web-efi.iso; $null = Start-LinuxKitVM -Name web -MetadataPath ./share/m.iso");
        var metadata = Module.RunWell("(Get-LinuxKitVM web).Metadata").Single().ToString();
        Assert.Equal(Own, Path.GetDirectoryName(metadata));
        Assert.Equal(File.ReadAllBytes(Module["behind/m.iso"]), File.ReadAllBytes(metadata));
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.Equal(["no folder"], Made);
        Assert.True(File.Exists(Module["behind/m.iso"]));
    }

    [Fact]
    public void WhatIfNamesTheCopy()
    {
        var host = new RecordingHost(0);
        using var runspace = Module.OpenRunspace(host);
        using var script = PowerShell.Create(runspace).AddScript("Start-LinuxKitVM ./share/web-efi.iso -WhatIf");
        script.Invoke();
        Assert.Contains($"Copy '{Module["share/web-efi.iso"]}' to '{Path.Combine(Own, "web-boot.iso")}'", host.Text, StringComparison.Ordinal);
        Assert.Equal(["no folder"], Made);
    }

    [Theory]
    [InlineData("New-VM")]
    [InlineData("Add-VMDvdDrive")]
    [InlineData("Set-VM")]
    [InlineData("Start-VM")]
    public void AStartThatFailsLeavesNoCopy(string cmdlet)
    {
        HostedModule.Fail($"{cmdlet}:1=OperationFailed");
        Module.Run("Start-LinuxKitVM ./share/web-efi.iso");
        Assert.Single(Module.Errors);
        Assert.Equal(["no folder"], Made);
        Assert.Empty(Module.RunWell("Get-VM"));
    }

    [Fact]
    public void ACopyThatIsAnotherFileStays()
    {
        Module.RunWell("$null = New-LinuxKitVM ./share/web-efi.iso");
        File.WriteAllText(Path.Combine(Own, "web-boot.iso"), "mine");
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.Contains("it is not the one that was made for it", Assert.Single(Module.Warnings), StringComparison.Ordinal);
        Assert.Equal(["web-boot.iso"], Made);
    }

    [Fact]
    public void ACopyInTheWayIsToldWhilePlanning()
    {
        Directory.CreateDirectory(Own);
        File.WriteAllText(Path.Combine(Own, "web-boot.iso"), "mine");
        Module.RunBadly("DiskExists", ErrorCategory.ResourceExists, "Start-LinuxKitVM ./share/web-efi.iso");
        Assert.DoesNotContain(Module.Recording.Calls, call => call.Changes);
    }

    [Fact]
    public void ADiskOnAShareIsUsedThere()
    {
        HostedModule.Shares("//*");
        Module.AddImage("web-efi.iso");
        Module.RunWell("$null = New-LinuxKitDisk ./behind/data.vhdx 64MB; $null = New-LinuxKitVM ./web-efi.iso -Disk ./share/data.vhdx");
        Assert.Equal("/" + Module["behind/data.vhdx"], Module.RunWell("(Get-VMHardDiskDrive web).Path").Single().ToString());
        Assert.Equal(["no folder"], Made);
    }

    [Fact]
    public void AnImageOnAShareIsUsedThereWithNoCopy()
    {
        HostedModule.Shares("//*");
        Module.RunWell("$null = New-LinuxKitVM ./share/web-efi.iso -NoCopy");
        Assert.Equal("/" + Module["behind/web-efi.iso"], Module.RunWell("(Get-VMDvdDrive web).Path").Single().ToString());
    }

    [Fact]
    public void AnImageByALinkIsAttachedByItsOwnName()
    {
        File.CreateSymbolicLink(Module["latest-efi.iso"], Module["behind/web-efi.iso"]);
        Module.RunWell("$null = New-LinuxKitVM ./latest-efi.iso");
        Assert.Equal(Module["behind/web-efi.iso"], Module.RunWell("(Get-VMDvdDrive latest).Path").Single().ToString());
        Module.RunWell("Remove-LinuxKitVM latest -Force");
        Assert.True(File.Exists(Module["behind/web-efi.iso"]));
    }

    [Fact]
    public void AnImageByALinkToAnotherNameIsCopied()
    {
        File.Move(Module["behind/web-efi.iso"], Module["behind/0123abcd"]);
        File.CreateSymbolicLink(Module["web-efi.iso"], Module["behind/0123abcd"]);
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso");
        Assert.Equal(Module["web-boot.iso"], Module.RunWell("(Get-VMDvdDrive web).Path").Single().ToString());
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.False(File.Exists(Module["web-boot.iso"]));
    }

    [Fact]
    public void TheHostIsAskedForItsFolderOnlyWhereThatIsNeeded()
    {
        Module.AddImage("web-efi.iso");
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Disk 1GB");
        Assert.DoesNotContain(Module.Recording.Calls, call => call.Command == HyperVCommand.GetVMHost);
        Module.RunWell("$null = New-LinuxKitVM ./share/web-efi.iso -Name a, b -Disk 1GB");
        Assert.Single(Module.Recording.Calls, call => call.Command == HyperVCommand.GetVMHost);
    }
}
