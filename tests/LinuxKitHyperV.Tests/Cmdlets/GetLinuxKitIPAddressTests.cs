using System;
using System.IO.Pipes;
using System.Linq;
using System.Management.Automation;
using System.Text;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Networking;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

/// <summary>A guest's addresses, on a switch without a name server.</summary>
public sealed class GetLinuxKitIPAddressTests : HostedTests
{
    // A neighbour table that knows one adapter.
    private const string Neighbors =
        """
        $null = New-Module NetTCPIP {
            function Get-NetNeighbor {
                [CmdletBinding()] param([string[]] $LinkLayerAddress, $CimSession)
                if ($LinkLayerAddress -eq '00-15-5D-01-02-03') {
                    [pscustomobject]@{ IPAddress = 'fe80::1'; LinkLayerAddress = '00-15-5D-01-02-03'; State = 'Stale' }
                    [pscustomobject]@{ IPAddress = '10.1.2.3'; LinkLayerAddress = '00-15-5D-01-02-03'; State = 'Reachable' }
                }
            }
        } | Import-Module
        """;

    private readonly string _name = "address-" + Guid.NewGuid().ToString("N")[..8];

    public GetLinuxKitIPAddressTests()
    {
        Module.RunWell("$null = New-VMSwitch Lab -SwitchType Private");
    }

    [Fact]
    public void ReadsTheNeighborTable()
    {
        Module.RunWell(Neighbors);
        Start("-NoCapture -MacAddress 00155D010203");
        var addresses = Module.RunWell("param($name) Get-LinuxKitIPAddress $name", _name).Select(address => (LinuxKitIPAddress)address.BaseObject).ToList();
        Assert.Equal(["10.1.2.3", "fe80::1"], addresses.Select(address => address.ToString()));
        Assert.All(addresses, address => Assert.Equal((_name, LinuxKitAddressSource.Neighbor, "00155D010203", "Lab"), (address.VMName, address.Source, address.MacAddress, address.SwitchName)));
        Assert.Equal(_name, Module.RunWell("param($name) Wait-LinuxKitVM $name -For IPAddress", _name).Single().Name());
    }

    [Fact]
    public void ReadsWhatTheGuestSaidOnItsConsole()
    {
        using var port = Start(string.Empty);
        port!.Write(Encoding.UTF8.GetBytes("udhcpc: lease of 10.0.2.15 obtained from 10.0.2.2\r\n"));
        Assert.Equal(_name, Module.RunWell("param($name) Wait-LinuxKitVM $name -For IPAddress", _name).Single().Name());
        var address = (LinuxKitIPAddress)Module.RunWell("param($name) Get-LinuxKitIPAddress $name", _name).Single().BaseObject;
        Assert.Equal(("10.0.2.15", LinuxKitAddressSource.ConsoleText), (address.ToString(), address.Source));
    }

    [Fact]
    public void SaysThatNobodyKnows()
    {
        Start("-NoCapture");
        var error = Module.RunBadly("IPAddressNotFound", ErrorCategory.ObjectNotFound, "param($name) Get-LinuxKitIPAddress $name", _name);
        Assert.Contains("-UseConsole", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Module.RunBadly("VMWaitTimeout", ErrorCategory.OperationTimeout, "param($name) Wait-LinuxKitVM $name -For IPAddress -TimeoutSec 1", _name);
    }

    [Theory]
    [InlineData("VMNotRunning", ErrorCategory.InvalidOperation, "Stop-VM $name -TurnOff; Get-LinuxKitIPAddress $name")]
    [InlineData("VMNotRunning", ErrorCategory.InvalidOperation, "Stop-VM $name -TurnOff; Wait-LinuxKitVM $name -For IPAddress")]
    [InlineData("VMHasNoNetwork", ErrorCategory.InvalidOperation, "Get-VMNetworkAdapter $name | Disconnect-VMNetworkAdapter; Get-LinuxKitIPAddress $name")]
    [InlineData("VMHasNoNetwork", ErrorCategory.InvalidOperation, "Get-VMNetworkAdapter $name | Disconnect-VMNetworkAdapter; Wait-LinuxKitVM $name -For IPAddress -TimeoutSec 600")]
    [InlineData("NetworkQueryFailed", ErrorCategory.InvalidOperation, "[Environment]::SetEnvironmentVariable('HYPERV_QEMU_FAIL', 'Get-VMNetworkAdapter:1=OperationFailed'); Get-LinuxKitIPAddress $name")]
    [InlineData("VMNotFound", ErrorCategory.ObjectNotFound, "Get-LinuxKitIPAddress nobody")]
    public void Refuses(string errorId, ErrorCategory category, string script)
    {
        Start("-NoCapture");
        Module.RunBadly(errorId, category, "param($name) " + script, _name);
    }

    [Theory]
    [InlineData("Get-LinuxKitIPAddress $name")]
    [InlineData("Wait-LinuxKitVM $name -For IPAddress -TimeoutSec 600")]
    public void LooksForNoAddressWithoutAnAdapter(string script)
    {
        Module.RunWell("param($name) $null = Start-LinuxKitVM ./web-efi.iso -Name $name -NoNetwork -NoCapture", _name);
        Module.RunBadly("VMHasNoNetwork", ErrorCategory.InvalidOperation, "param($name) " + script, _name);
    }

    private NamedPipeServerStream? Start(string parameters)
    {
        var machine = Module.RunWell($"param($name) Start-LinuxKitVM ./web-efi.iso -Name $name -SwitchName Lab {parameters}", _name).Single();
        if (parameters.Contains("-NoCapture", StringComparison.Ordinal))
        {
            return null;
        }

        var port = new NamedPipeServerStream(machine.Text("ConsolePipe")[@"\\.\pipe\".Length..], PipeDirection.InOut, 1);
        port.WaitForConnection();
        return port;
    }
}
