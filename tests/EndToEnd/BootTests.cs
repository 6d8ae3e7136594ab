using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Networking;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>Real boots: what a user starts comes up, says so on its console, and leaves nothing behind.</summary>
[UnsupportedOSPlatform("windows")]
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

    [Fact]
    public void TheIsoIsTheRootOfAnIsoEfiImageAndTheNextOneIsTheMetadata()
    {
        var blob = new byte[3_000_001];
        new Random(1).NextBytes(blob);
        Directory.CreateDirectory(_module["seed/keys"]);
        File.WriteAllText(_module["seed/user-data"], "#cloud-config\n");
        File.WriteAllBytes(_module["seed/keys/A long name, with ümläuts.bin"], blob);
        File.WriteAllText(_module["seed/empty"], string.Empty);
        foreach (var (path, mode) in new[] { ("seed/user-data", 0x180), ("seed/keys/A long name, with ümläuts.bin", 0x1ED), ("seed/keys", 0x1C0), ("seed/empty", 0x124) })
        {
            File.SetUnixFileMode(_module[path], (UnixFileMode)mode);
        }

        var guest = new GuestConsole(Start($"Start-LinuxKitVM -LiteralPath '{BootImage.Path("linuxkit-efi.iso")}' -MetadataPath seed"));
        guest.WaitUntilReady();
        Assert.Contains("/dev/sr0 / iso9660", guest.Run("cat /proc/mounts"), StringComparison.Ordinal);

        guest.Run("mount -t iso9660 -o ro /dev/sr1 /mnt");
        Assert.Equal("/dev/sr1 CIDATA", guest.Run("echo /dev/sr1 $(dd if=/dev/sr1 bs=1 skip=32808 count=6 2>/dev/null)"));
        Assert.Equal(
            $"""
            444 0 0 empty
            700 0 0 keys
            755 0 0 keys/A long name, with ümläuts.bin
            600 0 0 user-data
            """,
            guest.Run("cd /mnt; for f in empty keys keys/* user-data; do stat -c '%a %u %g %n' \"$f\"; done"));
        Assert.Equal(
            string.Concat(new[] { blob, [], File.ReadAllBytes(_module["seed/user-data"]) }.Select(bytes => Convert.ToHexStringLower(SHA256.HashData(bytes)))),
            guest.Run("cd /mnt; cat keys/* | sha256sum | cut -c1-64 | tr -d '\\n'; for f in empty user-data; do sha256sum $f | cut -c1-64 | tr -d '\\n'; done"));
        guest.Run("cd /; umount /mnt");

        // The drive is changed while the guest runs.
        _module.RunWell("Start-LinuxKitVM -Name linuxkit -Metadata changed -WarningAction SilentlyContinue");
        Assert.Equal("changed", guest.Run("mount -t iso9660 -o ro /dev/sr1 /mnt && cat /mnt/user-data && umount /mnt"));

        // QEMU's own network gives the guest this address, and no neighbour table of this system knows it.
        var address = _module.RunWell("Get-LinuxKitIPAddress linuxkit -UseConsole").Select(found => (LinuxKitIPAddress)found.BaseObject).First();
        Assert.Equal("10.0.2.15", address.ToString());
        Assert.Equal(LinuxKitAddressSource.ConsoleCommand, address.Source);
        Assert.Equal("linuxkit", _module.RunWell("Wait-LinuxKitVM linuxkit -For IPAddress -UseConsole").Single().Name());
        Assert.Equal("linuxkit", _module.RunWell("Wait-LinuxKitVM linuxkit").Single().Name());
    }

    [Fact]
    public void XorrisoReadsTheMetadata()
    {
        _module.RunWell("New-LinuxKitMetadata m.iso @{ ssh = @{ 'key:0600' = 'k' } }");
        using var xorriso = Process.Start(new ProcessStartInfo(
            "xorriso",
            ["-abort_on", "WARNING", "-report_about", "WARNING", "-indev", _module["m.iso"], "-osirrox", "on", "-extract", "/", _module["extracted"]])
        {
            RedirectStandardError = true,
        })!;
        var said = xorriso.StandardError.ReadToEnd();
        xorriso.WaitForExit();

        Assert.True(xorriso.ExitCode == 0 && !said.Contains("WARNING", StringComparison.Ordinal), said);
        Assert.Equal("""{"ssh":{"entries":{"key":{"perm":"0600","content":"k"}}}}""" + "\n", File.ReadAllText(_module["extracted/user-data"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_module["extracted/user-data"]));
    }

    [Fact]
    public void IsoinfoReadsTheMetadata()
    {
        _module.RunWell("New-LinuxKitMetadata m.iso @{ ssh = @{ 'key:0600' = 'k' } }");
        Assert.Matches(@"(?m)^-rw-------.* user-data\s*$", Isoinfo("-R", "-l"));
        Assert.Equal("""{"ssh":{"entries":{"key":{"perm":"0600","content":"k"}}}}""" + "\n", Isoinfo("-R", "-x", "/user-data"));
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

    private string Isoinfo(params string[] arguments)
    {
        using var isoinfo = Process.Start(new ProcessStartInfo("isoinfo", ["-i", _module["m.iso"], .. arguments]) { RedirectStandardOutput = true })!;
        var said = isoinfo.StandardOutput.ReadToEnd();
        isoinfo.WaitForExit();
        Assert.Equal(0, isoinfo.ExitCode);
        return said;
    }
}
