using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

/// <summary>Which files Remove-LinuxKitVM deletes, and what it says of them.</summary>
public sealed class RemoveLinuxKitVMTests : HostedTests
{
    [Theory]
    [InlineData("$null = New-LinuxKitVM ./web-efi.iso -Name a -Disk 1GB; $null = New-LinuxKitVM ./web-efi.iso -Name b -Disk a-disk.vhdx")]
    [InlineData("$null = New-LinuxKitVM ./web-efi.iso -Name a, b -Disk 'file=a-disk.vhdx,size=1'")]
    [InlineData("$null = New-LinuxKitVM ./web-efi.iso -Name a -Disk 1GB; $null = New-VM b -VHDPath ./a-disk.vhdx")]
    public void ADiskThatAnotherVMHasTooStays(string make)
    {
        Module.RunWell($"{make}; Remove-LinuxKitVM a -RemoveDisk -Force");
        Assert.Equal($"The disk '{Module["a-disk.vhdx"]}' of the VM 'a' stays: the VM 'b' has it too.", Assert.Single(Module.Warnings));
        Assert.Equal(["a-disk.vhdx", "web-efi.iso"], Module.Files);
        Assert.Equal(["b"], Module.RunWell("Get-VM").Select(machine => machine.Name()));
    }

    [Fact]
    public void TheOtherDisksOfTheVMGoAllTheSame()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name a -Disk 1GB, 2GB, 3GB; $null = New-LinuxKitVM ./web-efi.iso -Name b -Disk a-disk1.vhdx");
        Module.Recording.Clear();
        Module.RunWell("Get-LinuxKitVM -Id (Get-LinuxKitVM a).Id | Remove-LinuxKitVM -RemoveDisk -Force");
        Assert.Equal(["a-disk1.vhdx", "web-efi.iso"], Module.Files);
        Assert.Single(Module.Recording.Calls, call => call.Command == HyperVCommand.GetVM && call.Parameters.Count == 0);
    }

    [Theory]
    [InlineData("", "-RemoveDisk")]
    [InlineData("-Disk 1GB", "")]
    public void WithoutADiskToDeleteNobodyAsksForTheOtherVMs(string disk, string removeDisk)
    {
        Module.RunWell($"$null = New-LinuxKitVM ./web-efi.iso {disk}");
        Module.Recording.Clear();
        Module.RunWell($"Remove-LinuxKitVM web {removeDisk} -Force");
        Assert.Equal([HyperVCommand.GetVM, HyperVCommand.RemoveVM], Module.Recording.Calls.Select(call => call.Command));
    }

    [Fact]
    public void WhereTheOtherVMsAreNotKnownDisksStay()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Disk 1GB");
        HostedModule.Fail("Get-VM:2=OperationFailed");
        Module.RunWell("Remove-LinuxKitVM web -RemoveDisk -Force");
        Assert.Contains("another one may have it", Assert.Single(Module.Warnings), StringComparison.Ordinal);
        Assert.Equal(["web-disk.vhdx", "web-efi.iso"], Module.Files);
    }

    [Theory]
    [InlineData("Get-VMHardDiskDrive web | Remove-VMHardDiskDrive")]
    [InlineData("Set-VM web -CheckpointType Standard; Checkpoint-VM web")]
    public void ADiskThatIsNotAttachedAnyMoreIsTold(string detach)
    {
        Module.RunWell($"$null = New-LinuxKitVM ./web-efi.iso -Disk 1GB; {detach}; Remove-LinuxKitVM web -RemoveDisk -Force");
        Assert.StartsWith($"The disk '{Module["web-disk.vhdx"]}' of the VM 'web' stays: it is not attached to it any more.", Assert.Single(Module.Warnings), StringComparison.Ordinal);
        Assert.Contains("web-disk.vhdx", Module.Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Get-VMHardDiskDrive web | Remove-VMHardDiskDrive;")]
    public void NothingIsSaidOfADiskThatIsGone(string detach)
    {
        Module.RunWell($"$null = New-LinuxKitVM ./web-efi.iso -Disk 1GB; {detach}");
        File.Delete(Module["web-disk.vhdx"]);
        Module.RunWell("Remove-LinuxKitVM web -RemoveDisk -Force");
        Assert.Empty(Module.Warnings);
        Assert.Equal(["web-efi.iso"], Module.Files);
    }

    [Theory]
    [InlineData("", "{0}, {1}")]
    [InlineData("-RemoveDisk", "{0}, {1}, {2}")]
    public void WhatIfNamesEachFileThatIsDeleted(string removeDisk, string files)
    {
        var made = MakeWithAllFiles();
        var host = new RecordingHost();
        using var runspace = Module.OpenRunspace(host);
        using var powerShell = PowerShell.Create(runspace).AddScript($"Remove-LinuxKitVM web {removeDisk} -WhatIf");
        powerShell.Invoke();
        Assert.Equal(
            $"What if: Performing the operation \"Remove LinuxKit VM and delete {string.Format(CultureInfo.InvariantCulture, files, made)}\" on target \"web\".",
            host.Text.Trim());
    }

    [Fact]
    public void VerboseTellsEachFileThatIsDeleted()
    {
        var made = MakeWithAllFiles();
        using var powerShell = Module.Script("Remove-LinuxKitVM web -RemoveDisk -Force -Verbose");
        powerShell.Invoke();
        var steps = powerShell.Streams.Verbose.Select(record => record.Message).Where(message => message.EndsWith(" ms)", StringComparison.Ordinal));
        Assert.Equal(
            ["Remove the VM 'web'", .. made.Select(file => $"Delete '{file}'")],
            steps.Select(step => step[..step.LastIndexOf(" (", StringComparison.Ordinal)]));
    }

    /// <summary>Makes a VM with metadata, a boot disk and a data disk, and gives these files.</summary>
    private string[] MakeWithAllFiles()
    {
        File.WriteAllBytes(Module["web-efi.img"], TestImage.EfiDisk());
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.img -Disk 1GB -Metadata x");
        return [Assert.Single(Directory.GetFiles(Module["."], "web-metadata*.iso").Select(Path.GetFullPath)), Module["web-boot.vhdx"], Module["web-disk.vhdx"]];
    }
}
