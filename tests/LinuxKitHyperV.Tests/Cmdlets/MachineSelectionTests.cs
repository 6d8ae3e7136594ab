using System;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

/// <summary>Which VMs -Name means, where a name looks like a pattern or several names mean the same VM.</summary>
public sealed class MachineSelectionTests : HostedTests
{
    private const string Both = "$null = New-LinuxKitVM ./web-efi.iso -Name 'w[1]', w1 -NoNetwork -Disk size=1; ";

    [Theory]
    [InlineData("w[1]", "w[1]")]
    [InlineData("W[1]", "w[1]")]
    [InlineData("w`[1`]", "w[1]")]
    [InlineData("w[[]1]", "w[1]")]
    [InlineData("w`[*", "w[1]")]
    [InlineData("w1", "w1")]
    [InlineData("w[1-9]", "w1")]
    [InlineData("w*", "w1 w[1]")]
    [InlineData("w[2]", "")]
    public void NamesTheVMThatIsCalledSoElseThoseThatMatch(string name, string expected) => Assert.Equal(
        expected.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Module.RunWell($"param($name) {Both} Get-LinuxKitVM -Name $name", name).Select(machine => machine.Name()).Order(StringComparer.Ordinal));

    [Fact]
    public void FindsWhatPowerShellEscapes() => Assert.Equal(
        ["w[1]", "a`[b"],
        Module.RunWell(Both + "$null = New-LinuxKitVM ./web-efi.iso -Name 'a`[b' -NoNetwork; 'w[1]', 'a`[b' | ForEach-Object { Get-LinuxKitVM ([WildcardPattern]::Escape($_)) }").Select(machine => machine.Name()));

    [Fact]
    public void ANameThatIsAnotherEscapedIsMeantItself() => Assert.Equal(
        ["w`[1`]"],
        Module.RunWell(Both + "$null = New-LinuxKitVM ./web-efi.iso -Name 'w`[1`]' -NoNetwork; Get-LinuxKitVM 'w`[1`]'").Select(machine => machine.Name()));

    [Theory]
    [InlineData("Remove-LinuxKitVM -Name 'w[1]' -Force -RemoveDisk")]
    [InlineData("Remove-LinuxKitVM -Name 'w`[1`]' -Force -RemoveDisk")]
    public void RemovesNoVMButTheOneOfTheName(string script)
    {
        Module.RunWell(Both + script);
        Assert.Equal(["w1"], Module.RunWell("Get-VM").Select(machine => machine.Name()));
        Assert.Equal(["w1-disk.vhdx", "web-efi.iso"], Module.Files);
    }

    [Theory]
    [InlineData("Remove-LinuxKitVM -Name 'w[1]' -Force -RemoveDisk")]
    [InlineData("Get-LinuxKitVM 'w[1]' | Remove-LinuxKitVM -Force -RemoveDisk")]
    [InlineData("Start-LinuxKitVM -Name 'w[1]' -NoCapture | Remove-LinuxKitVM -Force -RemoveDisk")]
    [InlineData("$null = Start-LinuxKitVM -Name 'w[1]' -NoCapture; Stop-LinuxKitVM 'w[1]' -TurnOff -PassThru | Remove-LinuxKitVM -Force -RemoveDisk")]
    public void ActsOnItBesideAVMOfOthersThatItWouldMatch(string script)
    {
        Module.RunWell("$null = New-VM w1; $null = New-LinuxKitVM ./web-efi.iso -Name 'w[1]' -NoNetwork; " + script);
        Assert.Equal(["w1"], Module.RunWell("Get-VM").Select(machine => machine.Name()));
    }

    [Theory]
    [InlineData("VMNotMadeByLinuxKitHyperV", ErrorCategory.InvalidOperation, "w[1]")]
    [InlineData("VMNotMadeByLinuxKitHyperV", ErrorCategory.InvalidOperation, "w`[1`]")]
    [InlineData("VMNotFound", ErrorCategory.ObjectNotFound, "w`[2`]")]
    [InlineData("VMNotFound", ErrorCategory.ObjectNotFound, "w[2")]
    [InlineData("VMNotFound", ErrorCategory.ObjectNotFound, "[3-2]")]
    public void SaysThatThereIsNoneOfOursAndTouchesNoOther(string errorId, ErrorCategory category, string name)
    {
        Module.RunWell("$null = New-VM 'w[1]'; $null = New-LinuxKitVM ./web-efi.iso -Name w1, w2 -NoNetwork");
        Module.RunBadly(errorId, category, "param($name) Remove-LinuxKitVM -Name $name -Force", name);
        Assert.Equal(3, Module.RunWell("Get-VM").Count);
    }

    [Theory]
    [InlineData("web")]
    [InlineData("w[1]")]
    [InlineData("w`[1`]")]
    [InlineData("w*")]
    public void AsksHyperVOnce(string name)
    {
        Module.RunWell(Both + "$null = New-LinuxKitVM ./web-efi.iso -NoNetwork");
        Module.Recording.Clear();
        Module.RunWell("param($name) Get-LinuxKitVM $name", name);
        Assert.Single(Module.Recording.Calls, call => call.Command == HyperVCommand.GetVM);
    }

    [Theory]
    [InlineData("Remove-LinuxKitVM o1, 'O*' -Force -RemoveDisk")]
    [InlineData("Remove-LinuxKitVM o1, O1, o2 -Force -RemoveDisk")]
    [InlineData("$id = (Get-LinuxKitVM).Id; Remove-LinuxKitVM -Id ($id + $id) -Force -RemoveDisk")]
    [InlineData("$vm = Get-LinuxKitVM; Remove-LinuxKitVM -VM ($vm + $vm) -Force -RemoveDisk")]
    [InlineData("Remove-LinuxKitVM 'o*' -ComputerName ., localhost, ([Environment]::MachineName) -Force -RemoveDisk")]
    public void RemovesOnceWhatIsAskedForTwice(string script)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name o1, o2 -NoNetwork -Disk size=1; " + script);
        Assert.Empty(Module.Warnings);
        Assert.Empty(Module.RunWell("Get-VM"));
        Assert.Equal(["web-efi.iso"], Module.Files);
    }

    [Theory]
    [InlineData("Get-LinuxKitVM a2, A2, 'a*'", "a2 a1")]
    [InlineData("Get-LinuxKitVM 'a*', a2", "a1 a2")]
    [InlineData("Start-LinuxKitVM -Name a1, 'a[1]' -NoCapture", "a1")]
    [InlineData("Stop-LinuxKitVM a1, 'a[1]' -PassThru -WarningAction Ignore", "a1")]
    public void EmitsEachOnceInTheOrderOfTheQuestion(string script, string expected) => Assert.Equal(
        expected.Split(' '),
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name a1, a2 -NoNetwork; " + script).Select(machine => machine.Name()));
}
