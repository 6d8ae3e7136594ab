using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>What the cmdlets ask of Hyper-V where its answer does not show it: how often, in what form, and what not.</summary>
public sealed class MachineCallTests : HostedTests
{
    [Theory]
    [InlineData("Get-LinuxKitVM")]
    [InlineData("Stop-LinuxKitVM -TurnOff -PassThru")]
    [InlineData("Wait-LinuxKitVM -For Off")]
    [InlineData("Disconnect-LinuxKitConsole")]
    [InlineData("Remove-LinuxKitVM -Force")]
    public void NamesFromThePipelineAreAskedForExactly(string command)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name web, 3");
        Module.Recording.Clear();
        Module.RunWell($"'web', 3 | {command}");
        Assert.Equal(
            [ExactName.ToPattern("web"), ExactName.ToPattern("3")],
            Module.Recording.Calls.Where(call => call.Command == HyperVCommand.GetVM)
                .SelectMany(call => call.Parameters.Where(parameter => parameter.Key == "Name").SelectMany(parameter => (string[])parameter.Value!))
                .Take(2));
    }

    [Theory]
    [InlineData("web")]
    [InlineData("w[1]")]
    [InlineData("w`[1`]")]
    [InlineData("w*")]
    public void ANameIsAskedForOnce(string name)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name web, 'w[1]', w1 -NoNetwork");
        Module.Recording.Clear();
        Module.RunWell("param($name) Get-LinuxKitVM $name", name);
        Assert.Single(Module.Recording.Calls, call => call.Command == HyperVCommand.GetVM);
    }

    [Fact]
    public void TheOtherVMsAreAskedForOnceHoweverManyDisksThereAre()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Disk 1GB, 2GB, 3GB");
        Module.Recording.Clear();
        Module.RunWell("Remove-LinuxKitVM web -RemoveDisk -Force");
        Assert.Single(Module.Recording.Calls, call => call.Command == HyperVCommand.GetVM && call.Parameters.Count == 0);
    }

    [Fact]
    public void TheOtherVMsAreAskedForOnceHoweverManyAreRemoved()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name a, b, c -Disk 1GB");
        Module.Recording.Clear();
        Module.RunWell("Get-LinuxKitVM a, b, c | Remove-LinuxKitVM -RemoveDisk -Force");
        Assert.Single(Module.Recording.Calls, call => call.Command == HyperVCommand.GetVM && call.Parameters.Count == 0);
        Assert.Equal(["web-efi.iso"], Module.Files);
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("o'brien/d")]
    [InlineData("d[0]/d")]
    [InlineData("d`0/d")]
    [InlineData("d")]
    public void WhatADiskIsCalledDecidesOverNoCall(string name)
    {
        foreach (var folder in new[] { "o'brien", "d[0]", "d`0" })
        {
            System.IO.Directory.CreateDirectory(Module[folder]);
        }

        var disk = Module[name + ".vhdx"];
        System.IO.File.WriteAllBytes(Module["it's-efi.img"], TestImage.EfiDisk());
        Module.RunWell("param($disk) (New-LinuxKitDisk $disk 64MB).Path", disk);
        Module.Recording.Clear();
        Module.RunWell("param($disk) $null = New-LinuxKitVM ./it*s-efi.img -Disk $disk, 1GB -NoNetwork; Remove-LinuxKitVM -Name (Get-LinuxKitVM).Name -RemoveDisk -Force", disk);
        Assert.DoesNotContain(Module.Recording.Calls, call => call.Command == HyperVCommand.GetVHD);
        Assert.Equal(["d[0]", "d`0", "it's-efi.img", "o'brien", "web-efi.iso"], Module.Files.Where(file => file?.EndsWith(".vhdx", System.StringComparison.Ordinal) == false));
        Assert.DoesNotContain(Module.Files, file => file is "it's-boot.vhdx" or "it's-disk1.vhdx");
    }

    [Fact]
    public void ADiskWithAnOddNameIsDescribedAsHyperVDoes()
    {
        const string Show = "| ForEach-Object { \"$($_.VhdFormat) $($_.VhdType) $($_.Size) $($_.FileSize) $($_.BlockSize) $($_.LogicalSectorSize) $($_.PhysicalSectorSize) $($_.Attached) $($_.PSObject.TypeNames[0])\" }";
        foreach (var extension in new[] { "vhdx", "vhd" })
        {
            var plain = Module.RunWell($"New-LinuxKitDisk plain.{extension} 64MB {Show}").Single().ToString();
            Assert.Equal(plain, Module.RunWell($"New-LinuxKitDisk \"it's.{extension}\" 64MB {Show}").Single().ToString());
            Assert.Equal(
                Module.RunWell($"(Get-VHD ./plain.{extension}).DiskIdentifier").Single().ToString(),
                LinuxKitHyperV.Images.VirtualDiskFile.Read(Module[$"plain.{extension}"]).Identifier.ToString().ToUpperInvariant());
        }
    }

    [Theory]
    [InlineData("", "-RemoveDisk")]
    [InlineData("-Disk 1GB", "")]
    public void TheOtherVMsAreNotAskedForWithoutADiskToDelete(string disk, string removeDisk)
    {
        Module.RunWell($"$null = New-LinuxKitVM ./web-efi.iso {disk}");
        Module.Recording.Clear();
        Module.RunWell($"Remove-LinuxKitVM web {removeDisk} -Force");
        Assert.Equal([HyperVCommand.GetVM, HyperVCommand.RemoveVM], Module.Recording.Calls.Select(call => call.Command));
    }

    [Fact]
    public void ADiskOfNoWholeSectorsIsNotAskedFor()
    {
        Module.RunBadly("InvalidDiskSize", ErrorCategory.InvalidArgument, "New-LinuxKitDisk d 10485761");
        Assert.DoesNotContain(Module.Recording.Calls, call => call.Command == HyperVCommand.NewVHD);
    }

    [Fact]
    public void AGuestIsShutDownWithoutAQuestion()
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso");
        Module.Recording.Clear();
        Assert.Empty(Module.RunWell("Stop-LinuxKitVM web"));
        var stop = Assert.Single(Module.Recording.Calls, call => call.Changes);
        Assert.Equal((HyperVCommand.StopVM, "VM"), (stop.Command, string.Join(' ', stop.Parameters.Select(parameter => parameter.Key))));
    }

    [Theory]
    [InlineData("Get-LinuxKitVM | Remove-LinuxKitVM -RemoveDisk -Force -WhatIf")]
    [InlineData("Remove-LinuxKitVM web -Force -WhatIf")]
    [InlineData("Stop-LinuxKitVM web -TurnOff -WhatIf")]
    [InlineData("New-LinuxKitVM ./web-efi.iso -Name other -WhatIf")]
    [InlineData("New-LinuxKitDisk d 10M -WhatIf")]
    [InlineData("$WhatIfPreference = $true; Remove-LinuxKitVM web -Force")]
    public void NothingThatChangesIsAskedForWithWhatIf(string script)
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -Disk size=1");
        Module.Recording.Clear();
        Module.RunWell(script);
        Assert.Empty(Module.Recording.Changes);
    }
}
