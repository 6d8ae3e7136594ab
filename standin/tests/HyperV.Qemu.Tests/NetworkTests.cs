using System;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Testing;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>Network adapters, their VLANs, and switches.</summary>
public sealed class NetworkTests : IDisposable
{
    private readonly StandInSession _session = new();

    public NetworkTests() => _session.RunWell("$vm = New-VM web -Generation 2");

    public void Dispose() => _session.Dispose();

    [Fact]
    public void AnAdapterComesWithWhatItWasAskedForAndGoesByName()
    {
        _session.RunWell("Add-VMNetworkAdapter web -Name lan -SwitchName 'Default Switch' -StaticMacAddress 00-15-5d-01-02-0a -DeviceNaming On");
        Assert.Equal("lan Default Switch 00155D01020A False On True", Adapter("lan", "$($_.Name) $($_.SwitchName) $($_.MacAddress) $($_.DynamicMacAddressEnabled) $($_.DeviceNaming) $($_.Connected)"));
        Assert.Equal("Network Adapter,lan", Names());
        Assert.Equal("lan", _session.One<string>("(Get-VMFirmware web).BootOrder[-1].Device.Name"));
        _session.RunWell("Remove-VMNetworkAdapter web -Name l*");
        Assert.Equal("Network Adapter", Names());
        Assert.Equal(1, _session.One<int>("(Get-VMFirmware web).BootOrder.Count"));
    }

    [Fact]
    public void AdaptersGoAsObjects()
    {
        _session.RunWell("$a = Add-VMNetworkAdapter web -Name lan -Passthru; $a | Remove-VMNetworkAdapter");
        Assert.True(_session.One<bool>("$a.IsDeleted"));
        Assert.Equal("Network Adapter", Names());
        _session.Fails("$a | Remove-VMNetworkAdapter", "ObjectNotFound,Microsoft.HyperV.PowerShell.Commands.RemoveVMNetworkAdapter", ErrorCategory.ObjectNotFound);
        _session.Fails("Remove-VMNetworkAdapter web -Name none", "ObjectNotFound,Microsoft.HyperV.PowerShell.Commands.RemoveVMNetworkAdapter", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void ALegacyAdapterIsForGeneration1()
    {
        _session.RunWell("New-VM old; Add-VMNetworkAdapter old -Name legacy -IsLegacy $true");
        Assert.Equal("legacy", _session.One<string>("(Get-VMNetworkAdapter old -IsLegacy $true).Name"));
        _session.Fails("Add-VMNetworkAdapter web -IsLegacy $true", "InvalidParameter,Microsoft.HyperV.PowerShell.Commands.AddVMNetworkAdapter", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void AnAddressIsTheUsersOrTheHosts()
    {
        _session.RunWell("Set-VMNetworkAdapter web -StaticMacAddress 00155D0A0B0C");
        Assert.Equal("00155D0A0B0C False", Adapter("*", "$($_.MacAddress) $($_.DynamicMacAddressEnabled)"));
        _session.RunWell("Set-VMNetworkAdapter web -DynamicMacAddress");
        Assert.Equal("000000000000 True", Adapter("*", "$($_.MacAddress) $($_.DynamicMacAddressEnabled)"));
        _session.RunWell("Start-VM web");
        Assert.Equal(_session.One<string>("(Get-VMHost).MacAddressMinimum"), Adapter("*", "$($_.MacAddress)"));
    }

    [Theory]
    [InlineData("Set-VMNetworkAdapter web -StaticMacAddress 00155D0A0B", "InvalidParameter", ErrorCategory.InvalidArgument)]
    [InlineData("Set-VMNetworkAdapter web -StaticMacAddress 00155D0A0B0C -DynamicMacAddress", "InvalidParameter", ErrorCategory.InvalidArgument)]
    [InlineData("Start-VM web; Set-VMNetworkAdapter web -StaticMacAddress 00155D0A0B0C", "InvalidState", ErrorCategory.InvalidOperation)]
    public void AnAddressThatCannotBeIsRefused(string script, string identifier, ErrorCategory category)
        => _session.Fails(script, $"{identifier},Microsoft.HyperV.PowerShell.Commands.SetVMNetworkAdapter", category);

    [Fact]
    public void GuardsChangeOnTheNamedAdapterAloneAlsoWhileTheMachineRuns()
    {
        _session.RunWell("Add-VMNetworkAdapter web -Name lan; Start-VM web");
        _session.RunWell("Set-VMNetworkAdapter web -Name lan -MacAddressSpoofing On -DhcpGuard On -RouterGuard On -AllowTeaming On -IeeePriorityTag On -PortMirroring Source -DeviceNaming On");
        const string Guards = "$($_.MacAddressSpoofing) $($_.DhcpGuard) $($_.RouterGuard) $($_.AllowTeaming) $($_.IeeePriorityTag) $($_.PortMirroringMode) $($_.DeviceNaming)";
        Assert.Equal("On On On On On Source On", Adapter("lan", Guards));
        Assert.Equal("Off Off Off Off Off None Off", Adapter("Network Adapter", Guards));
        Assert.Equal("Off", _session.One<string>("(Get-VMNetworkAdapter web -Name lan | Set-VMNetworkAdapter -DhcpGuard Off -Passthru).DhcpGuard"));
    }

    [Theory]
    [InlineData("-Access -VlanId 10", "Access 10 0    ")]
    [InlineData("-Trunk -NativeVlanId 0 -AllowedVlanIdList '5,1-3'", "Trunk 0 0 1,2,3,5   ")]
    [InlineData("-Trunk -NativeVlanId 7 -AllowedVlanIdList 7", "Trunk 0 7 7   ")]
    [InlineData("-Isolated -PrimaryVlanId 10 -SecondaryVlanId 200", "Private 0 0  Isolated 10 200")]
    [InlineData("-Community -PrimaryVlanId 10 -SecondaryVlanId 200", "Private 0 0  Community 10 200")]
    [InlineData("-Promiscuous -PrimaryVlanId 10 -SecondaryVlanIdList '200-202'", "Private 0 0  Promiscuous 10 200,201,202")]
    public void AVLANIsWhatItWasSetToAndCanBeTakenAway(string parameters, string expected)
    {
        const string Vlan = "$($_.OperationMode) $($_.AccessVlanId) $($_.NativeVlanId) $($_.AllowedVlanIdListString) $(if ([int]$_.PrivateVlanMode) { $_.PrivateVlanMode }) $(if ($_.PrimaryVlanId) { $_.PrimaryVlanId }) $($_.SecondaryVlanIdListString)";
        _session.RunWell($"Add-VMNetworkAdapter web -Name lan; Set-VMNetworkAdapterVlan web -VMNetworkAdapterName lan {parameters}");
        Assert.Equal(expected, _session.One<string>($"Get-VMNetworkAdapterVlan web -VMNetworkAdapterName lan | ForEach-Object {{ \"{Vlan}\" }}"));
        Assert.Equal("Untagged", _session.One<string>("(Get-VMNetworkAdapterVlan web -VMNetworkAdapterName 'Network Adapter').OperationMode"));
        Assert.Equal("Untagged lan", _session.One<string>("Get-VMNetworkAdapter web -Name lan | Set-VMNetworkAdapterVlan -Untagged -Passthru | ForEach-Object { \"$($_.OperationMode) $($_.ParentAdapter.Name)\" }"));
        Assert.Equal("Untagged", _session.One<string>("(Get-VMNetworkAdapter web -Name lan).VlanSetting.OperationMode"));
    }

    [Theory]
    [InlineData("-Access")]
    [InlineData("-Access -VlanId 0")]
    [InlineData("-Access -VlanId 4095")]
    [InlineData("-Access -Untagged -VlanId 1")]
    [InlineData("-Trunk -AllowedVlanIdList 1-3")]
    [InlineData("-Trunk -NativeVlanId 0 -AllowedVlanIdList 1-x")]
    [InlineData("-Promiscuous -PrimaryVlanId 10")]
    [InlineData("")]
    public void AVLANThatCannotBeIsRefused(string parameters)
    {
        _session.Fails($"Set-VMNetworkAdapterVlan web {parameters}", "InvalidParameter,Microsoft.HyperV.PowerShell.Commands.SetVMNetworkAdapterVlan", ErrorCategory.InvalidArgument);
        Assert.Equal("Untagged", _session.One<string>("(Get-VMNetworkAdapterVlan web).OperationMode"));
    }

    [Fact]
    public void ASwitchChangesItsTypeAndKeepsItsMachines()
    {
        _session.RunWell("New-VMSwitch lab -SwitchType Private -Notes old; Connect-VMNetworkAdapter web -SwitchName lab");
        Assert.Equal("Internal True new", Switch("Set-VMSwitch lab -SwitchType Internal -Notes new -Passthru"));
        Assert.Contains("lab", _session.Run("Get-VMNetworkAdapter -ManagementOS").Select(adapter => adapter.Properties["Name"].Value));
        Assert.Equal("External False new", Switch("Get-VMSwitch lab | Set-VMSwitch -NetAdapterName Ethernet -AllowManagementOS $false -Passthru"));
        Assert.Equal("Ethernet", _session.One<string>("(Get-VMSwitch lab).NetAdapterInterfaceDescription"));
        Assert.Equal("Private False new", Switch("Set-VMSwitch lab -SwitchType Private -Passthru"));
        Assert.Equal("lab", Adapter("*", "$($_.SwitchName)"));
        _session.Fails("Set-VMSwitch 'Default Switch' -Notes x", "InvalidParameter,Microsoft.HyperV.PowerShell.Commands.SetVMSwitch", ErrorCategory.InvalidArgument);
        _session.Fails("Set-VMSwitch none -Notes x", "InvalidParameter,Microsoft.HyperV.PowerShell.Commands.SetVMSwitch", ErrorCategory.InvalidArgument);
    }

    [Theory]
    [InlineData("-NetAdapterName one, two")]
    [InlineData("-NetAdapterInterfaceDescription one, two")]
    public void ASwitchOverSeveralNetworkAdaptersIsRefused(string parameters)
    {
        _session.Fails($"New-VMSwitch team {parameters}", "NotSupportedByStandIn,Microsoft.HyperV.PowerShell.Commands.NewVMSwitch", ErrorCategory.NotImplemented);
        Assert.DoesNotContain("team", _session.Run("Get-VMSwitch").Select(found => found.Properties["Name"].Value));
    }

    private string Names() => _session.One<string>("(Get-VMNetworkAdapter web).Name -join ','");

    private string Adapter(string name, string text) => _session.One<string>($"Get-VMNetworkAdapter web -Name '{name}' | ForEach-Object {{ \"{text}\" }}");

    private string Switch(string script) => _session.One<string>($"{script} | ForEach-Object {{ \"$($_.SwitchType) $($_.AllowManagementOS) $($_.Notes)\" }}");
}
