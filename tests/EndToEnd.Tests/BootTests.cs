using System;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>Real boots: what a user starts comes up, says so on its console, and leaves nothing behind.</summary>
public sealed class BootTests : IDisposable
{
    // The disk of 1 GB, by its number of sectors.
    private const string LargeDisk = "/dev/$(basename $(dirname $(grep -lx 2097152 /sys/block/sd*/size)))";

    private readonly HostedModule _module = new(runsMachines: true);

    public void Dispose()
    {
        _module.Run("Get-LinuxKitVM | Remove-LinuxKitVM -Force");
        _module.Dispose();
    }

    [Theory]
    [InlineData("linuxkit-efi.iso")]
    [InlineData("linuxkit-efi-initrd.iso")]
    public void AnImageBootsToItsShell(string image)
    {
        var machine = Start($"Start-LinuxKitVM -LiteralPath '{BootImage.Path(image)}'");
        var guest = new GuestConsole(machine);
        guest.WaitUntilReady();

        Assert.Equal("linuxkit", machine.Name());
        Assert.Equal("Linux", guest.Run("uname -s"));
        Assert.Equal("/dev/sr0", guest.Run("ls /dev/sr0"));
        Assert.True(machine.Properties["Uptime"].Value is TimeSpan { TotalSeconds: > 1 });
    }

    [Fact]
    public void TheIsoIsTheRootOfAnIsoEfiImage()
    {
        var guest = new GuestConsole(Start($"Start-LinuxKitVM -LiteralPath '{BootImage.Path("linuxkit-efi.iso")}'"));
        guest.WaitUntilReady();
        Assert.Contains("/dev/sr0 / iso9660", guest.Run("cat /proc/mounts"), StringComparison.Ordinal);
    }

    [Fact]
    public void TheGuestReadsAndWritesItsDisks()
    {
        var start = $"Start-LinuxKitVM -LiteralPath '{BootImage.Path("linuxkit-efi-initrd.iso")}' -Disk size=1, 'file=second.vhdx,size=64M'";
        var guest = new GuestConsole(Start(start));
        guest.WaitUntilReady();

        // Linux looks for its disks all at once: which of them it calls sda is not sure.
        Assert.Equal("131072 2097152", guest.Run("echo $(cat /sys/block/sd*/size | sort -n)"));
        guest.Run($"mke2fs {LargeDisk} && mount {LargeDisk} /mnt && echo kept > /mnt/file && umount /mnt");
        _module.RunWell("Remove-LinuxKitVM linuxkit -Force");

        guest = new GuestConsole(Start(start));
        guest.WaitUntilReady();
        Assert.Equal("kept", guest.Run($"mount {LargeDisk} /mnt && cat /mnt/file"));
    }

    [Fact]
    public void TwoMachinesRunAtOnceAndAreStoppedByHyperVsOwnCmdlet()
    {
        var machines = _module.RunWell($"Start-LinuxKitVM -LiteralPath '{BootImage.Path("linuxkit-efi-initrd.iso")}' -Name a, b");
        foreach (var machine in machines)
        {
            new GuestConsole(machine).WaitUntilReady();
        }

        Assert.All(_module.RunWell("Get-LinuxKitVM | Stop-VM -TurnOff -Passthru"), machine => Assert.Equal("Off", machine.State()));
    }

    [Fact]
    public void AGuestIsShutDownByItsPowerButton()
    {
        var guest = new GuestConsole(Start($"Start-LinuxKitVM -LiteralPath '{BootImage.Path("linuxkit-efi-initrd.iso")}'"));
        guest.WaitUntilReady();
        Assert.Equal("Off", _module.RunWell("Stop-LinuxKitVM linuxkit -PassThru").Single().State());
    }

    [Fact]
    public void AGuestThatPowersOffIsOff()
    {
        var machine = Start($"Start-LinuxKitVM -LiteralPath '{BootImage.Path("linuxkit-efi-initrd.iso")}'");
        var guest = new GuestConsole(machine);
        guest.WaitUntilReady();

        guest.Type("poweroff");

        // Without a terminal the console is copied until the VM has stopped.
        var output = _module.RunWell("param($id) Connect-LinuxKitConsole -Id $id -TimeoutSec 60", machine.Id());
        Assert.Contains(output, line => line.ToString().Contains("linuxkit: ready", StringComparison.Ordinal));
        Assert.Equal("Off", _module.RunWell("Get-LinuxKitVM").Single().State());
    }

    private PSObject Start(string script) => Assert.Single(_module.RunWell(script));
}
