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

    /// <summary>One for each way to boot; the containers' readers have tests of their own.</summary>
    [Theory]
    [InlineData("linuxkit.iso", 1)]
    [InlineData("linuxkit-efi.img", 2)]
    [InlineData("linuxkit.vmdk", 1)]
    public void BootsToItsShell(string image, int generation) => Boots(image, generation);

    [Theory(Explicit = true)]
    [InlineData("linuxkit-efi.iso", 2)]
    [InlineData("linuxkit-efi-initrd.iso", 2)]
    [InlineData("linuxkit-bios.img", 1)]
    [InlineData("linuxkit.raw", 1)]
    [InlineData("linuxkit.img.tar.gz", 1)]
    [InlineData("linuxkit-efi.qcow2", 2)]
    [InlineData("linuxkit.qcow2", 1)]
    [InlineData("linuxkit.vhd", 1)]
    [InlineData("linuxkit-dynamic.vhd", 1)]
    public void TheOtherFormatsDoToo(string image, int generation) => Boots(image, generation);

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

    [Fact(Explicit = true)]
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

    private void Boots(string image, int generation)
    {
        var machine = Start(image, string.Empty);
        Assert.Equal(generation, Convert.ToInt32(machine.Properties["Generation"].Value, null));
        var guest = new GuestConsole(machine);
        guest.WaitUntilReady();
        Assert.Equal("Linux", guest.Run("uname -s"));
        _module.RunWell("param($name) Remove-LinuxKitVM $name -Force", machine.Name());
        Assert.DoesNotContain(_module.Files, file => file!.EndsWith("-boot.vhdx", StringComparison.Ordinal));
    }

    private PSObject Start(string image, string options) =>
        Assert.Single(_module.RunWell($"Start-LinuxKitVM -LiteralPath '{BootImage.Path(image)}' {options}"));
}
