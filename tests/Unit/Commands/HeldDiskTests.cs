using System;
using System.Diagnostics;
using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>Disks that a new VM is given while somebody holds them.</summary>
public sealed class HeldDiskTests : HostedTests
{
    [Fact]
    public void ADiskOfAVMThatWasJustRemovedIsWaitedFor()
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -NoNetwork -Disk 1GB");
        HostedModule.Hold(TimeSpan.FromMilliseconds(1500));
        Module.RunWell("Remove-LinuxKitVM web -Force; $null = Start-LinuxKitVM ./web-efi.iso -NoNetwork -Disk ./web-disk.vhdx");
        Assert.Equal("Running", Assert.Single(Module.RunWell("Get-VM")).Properties["State"].Value.ToString());
    }

    [Fact]
    public void ADiskThatStaysHeldIsInUse()
    {
        Module.RunWell("$null = New-VHD ./data.vhdx -SizeBytes 10MB");
        using var holder = new FileStream(Module["data.vhdx"], FileMode.Open, FileAccess.Read, FileShare.None);
        Module.RunBadly("DiskInUse", ErrorCategory.ResourceBusy, "New-LinuxKitVM ./web-efi.iso -NoNetwork -Disk ./data.vhdx");
    }

    [Fact]
    public void ADiskThatARunningVMHoldsIsNotWaitedFor()
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -NoNetwork -Disk 1GB");
        using var holder = new FileStream(Module["web-disk.vhdx"], FileMode.Open, FileAccess.Read, FileShare.None);
        var clock = Stopwatch.StartNew();
        var error = Module.RunBadly("DiskInUse", ErrorCategory.ResourceBusy, "New-LinuxKitVM ./web-efi.iso -Name other -NoNetwork -Disk ./web-disk.vhdx");
        Assert.Contains("the VM 'web'", error.Exception.Message, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }
}
