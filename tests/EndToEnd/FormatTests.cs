using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>Every image that LinuxKit makes boots to its shell, by Start-LinuxKitVM and its path alone.</summary>
public sealed class FormatTests : IDisposable
{
    private readonly HostedModule _module = new(runsMachines: true);

    public void Dispose()
    {
        _module.Run("Get-LinuxKitVM | Remove-LinuxKitVM -Force");
        _module.Dispose();
    }

    /// <summary>Two at once, which takes less time than one after the other.</summary>
    [Theory]
    [InlineData("linuxkit.iso", "linuxkit-efi.iso")]
    [InlineData("linuxkit-bios.img", "linuxkit-efi.img")]
    [InlineData("linuxkit.qcow2", "linuxkit-efi.qcow2")]
    [InlineData("linuxkit.vmdk", "linuxkit-efi-initrd.iso")]
    [InlineData("linuxkit.raw", "linuxkit.img.tar.gz")]
    [InlineData("linuxkit.vhd", "linuxkit-dynamic.vhd")]
    public void EachBootsToItsShell(params string[] images)
    {
        // A VM is called after its image, and most of these would be called the same.
        var links = images.Select((image, index) => File.CreateSymbolicLink(_module[$"{index}-{image}"], BootImage.Path(image)).Name);
        var machines = _module.RunWell($"Start-LinuxKitVM {string.Join(", ", links)}");
        Assert.Equal(images.Length, machines.Count);
        foreach (var (machine, image) in machines.Zip(images))
        {
            var guest = new GuestConsole(machine);
            guest.WaitUntilReady();
            Assert.Equal("Linux", guest.Run("uname -s"));
            Assert.Equal(image.Contains("-efi", StringComparison.Ordinal) ? 2 : 1, Convert.ToInt32(machine.Properties["Generation"].Value, null));
            Assert.True(machine.Properties["Uptime"].Value is TimeSpan { TotalSeconds: > 1 });
        }

        _module.RunWell("Get-LinuxKitVM | Remove-LinuxKitVM -Force");
        Assert.DoesNotContain(_module.Files, file => file!.EndsWith("-boot.vhdx", StringComparison.Ordinal));
    }

    [Fact]
    public void SecureBootStartsWhatMicrosoftSigned()
    {
        var signed = _module.RunWell($"Get-LinuxKitImage -LiteralPath '{BootImage.Path("linuxkit-signed-efi.iso")}'").Single();
        Assert.Contains("Microsoft", signed.Text("SecureBoot"), StringComparison.Ordinal);

        var guest = new GuestConsole(Start("linuxkit-signed-efi.iso", "-SecureBoot MicrosoftUEFICertificateAuthority"));
        guest.WaitUntilReady();
        Assert.Equal("Secure boot enabled", guest.Run("dmesg | grep -o 'Secure boot enabled'"));
    }

    [Fact(Explicit = true)]
    public void SecureBootForWindowsAloneStartsNoLinux()
    {
        var machine = Start("linuxkit-signed-efi.iso", "-SecureBoot MicrosoftWindows");
        new GuestConsole(machine).WaitFor("Access Denied");
    }

    [Fact]
    public void SecureBootStartsNothingThatNobodySigned()
    {
        _module.RunWell($"$null = New-LinuxKitVM -LiteralPath '{BootImage.Path("linuxkit-efi-initrd.iso")}'; Set-VMFirmware linuxkit -EnableSecureBoot On -SecureBootTemplate MicrosoftUEFICertificateAuthority");
        new GuestConsole(Assert.Single(_module.RunWell("Start-LinuxKitVM -Name linuxkit"))).WaitFor("Access Denied");
    }

    [Fact(Explicit = true)]
    public void AVhdIsBootedInPlace()
    {
        var copy = _module["in-place.vhd"];
        File.Copy(BootImage.Path("linuxkit-dynamic.vhd"), copy);
        var machine = Assert.Single(_module.RunWell("Start-LinuxKitVM ./in-place.vhd -NoCopy"));
        new GuestConsole(machine).WaitUntilReady();
        Assert.Equal([copy], machine.DiskPaths());
    }

    [Fact]
    public void TheGuestHasTheTpm()
    {
        var guest = new GuestConsole(Start("linuxkit-efi-initrd.iso", "-Tpm"));
        guest.WaitUntilReady();
        Assert.Equal("/dev/tpm0", guest.Run("ls /dev/tpm0"));
        Assert.Equal("2", guest.Run("cat /sys/class/tpm/tpm0/tpm_version_major"));
    }

    private PSObject Start(string image, string options) =>
        Assert.Single(_module.RunWell($"Start-LinuxKitVM -LiteralPath '{BootImage.Path(image)}' {options}"));
}
