using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.Versioning;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>A guest's address in the neighbor table of a network of the test's own: a bridge in a network namespace, on which dnsmasq gives addresses.</summary>
[SupportedOSPlatform("linux")]
public sealed class NeighborTests : IDisposable
{
    // The table of this system, as Windows shows its own.
    private const string Script =
        """
        param($image)
        $null = New-Module NetTCPIP {
            function Get-NetNeighbor {
                [CmdletBinding()] param([string[]] $LinkLayerAddress, $CimSession)
                foreach ($line in ip neigh) {
                    if ($line -match '^(\S+) dev \S+ lladdr (\S+) .*?(\S+)\s*$') {
                        $neighbor = [pscustomobject]@{ IPAddress = $Matches[1]; LinkLayerAddress = $Matches[2].ToUpper().Replace(':', '-'); State = $Matches[3] }
                        if ($LinkLayerAddress -contains $neighbor.LinkLayerAddress) { $neighbor }
                    }
                }
            }
        } | Import-Module
        $vm = Start-LinuxKitVM -LiteralPath $image -Name neighbor
        try {
            $null = Wait-LinuxKitConsole neighbor 'linuxkit: ready' -TimeoutSec 170
            $null = Invoke-LinuxKitCommand neighbor 'until ping -c 1 -W 1 10.77.0.1; do sleep 1; done' -TimeoutSec 100
            $vm | Wait-LinuxKitVM -For IPAddress -TimeoutSec 60 | Get-LinuxKitIPAddress | ForEach-Object { "$($_.IPAddress) $($_.Source) $($_.MacAddress -eq $vm.NetworkAdapters[0].MacAddress)" }
        }
        finally {
            Remove-LinuxKitVM neighbor -Force
        }
        """;

    private static readonly string[] ProgramFolders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    private readonly TemporaryFolder _folder = new();
    private readonly string _namespace = $"lkhv{Environment.ProcessId}";
    private bool _isMade;
    private Process? _addressServer;

    public void Dispose()
    {
        _addressServer?.Kill();
        _addressServer?.WaitForExit();
        _addressServer?.Dispose();
        if (_isMade)
        {
            Run("ip", "netns", "delete", _namespace);
        }

        _folder.Dispose();
    }

    [Fact]
    public void TheHostKnowsAGuestThatItHasGivenAnAddress()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/dev/net/tun"), "Only root makes networks, where the kernel has tap devices.");
        foreach (var program in new[] { "ip", "dnsmasq" })
        {
            Assert.SkipUnless(Array.Exists(ProgramFolders, folder => File.Exists(Path.Combine(folder, program))), $"The network needs the program {program}, which is not there.");
        }

        _isMade = Run("ip", "netns", "add", _namespace).ExitCode == 0;
        Assert.SkipUnless(_isMade, "This system makes no network namespaces.");
        Assert.Equal(0, InNamespace("ip", "link", "add", "br0", "type", "bridge").ExitCode);
        Assert.Equal(0, InNamespace("ip", "address", "add", "10.77.0.1/24", "dev", "br0").ExitCode);
        Assert.Equal(0, InNamespace("ip", "link", "set", "br0", "up").ExitCode);
        _addressServer = Process.Start("ip", ["netns", "exec", _namespace, "dnsmasq", .. AddressServerOptions()]);
        File.WriteAllText(_folder["plug.sh"], "#!/bin/sh\nexec ip link set \"$1\" up master br0\n");
        File.SetUnixFileMode(_folder["plug.sh"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.WriteAllText(_folder["test.ps1"], Script);

        var (exitCode, output, error) = InNamespace(
        [
            "env",
            $"HYPERV_QEMU_HOME={_folder["state"]}",
            $"HYPERV_QEMU_NETWORK_SCRIPT={_folder["plug.sh"]}",
            .. PowerShellProgram.Words,
            "-File",
            _folder["test.ps1"],
            BootImage.Path("linuxkit-efi-initrd.iso"),
        ]);
        Assert.True(exitCode == 0, error);
        var lease = Assert.Single(File.ReadAllLines(_folder["leases"])).Split(' ');
        Assert.Contains($"{lease[2]} Neighbor True", output, StringComparison.Ordinal);
    }

    private string[] AddressServerOptions() =>
    [
        "--keep-in-foreground", "--conf-file=/dev/null", "--user=root", "--pid-file", "--port=0", "--interface=br0", "--bind-interfaces",
        "--dhcp-range=10.77.0.50,10.77.0.99,255.255.255.0,1h", $"--dhcp-leasefile={_folder["leases"]}", $"--log-facility={_folder["dnsmasq.log"]}",
    ];

    private (int ExitCode, string Output, string Error) InNamespace(params string[] command) => Run("ip", ["netns", "exec", _namespace, "timeout", "300", .. command]);

    private (int ExitCode, string Output, string Error) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder[string.Empty],
        };
        PowerShellProgram.Prepare(start.Environment);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
