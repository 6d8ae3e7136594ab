using System;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Testing;
using HyperV.Qemu.Tests.Contract;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>A host with Windows Server 2016, which the module of today's Windows reaches.</summary>
public sealed class OldHostTests : IDisposable
{
    private readonly StandInSession _session = new();

    public OldHostTests() => Environment.SetEnvironmentVariable(VirtualizationHost.HostsVariable, "hv02;hv16:14393");

    public void Dispose() => _session.Dispose();

    [Fact]
    public void EachParameterIsKnownByWhetherItWasThereThen()
    {
        foreach (var cmdlet in CmdletShape.Contract.GetProperty("cmdlets").EnumerateObject())
        {
            var actual = _session.One<CmdletInfo>($"Get-Command Hyper-V\\{cmdlet.Name}").Parameters;
            var expected = cmdlet.Value.GetProperty("parameters").EnumerateObject()
                .Where(parameter => actual.ContainsKey(parameter.Name) && parameter.Name is not ("WhatIf" or "Confirm"))
                .Where(parameter => !parameter.Value.TryGetProperty("since14393", out var then) || !then.GetBoolean())
                .Select(parameter => parameter.Name);
            Assert.Equal(
                expected.Order(StringComparer.Ordinal),
                actual.Values.Where(parameter => parameter.Attributes.Any(attribute => attribute is AfterServer2016Attribute)).Select(parameter => parameter.Name).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("Set-VM web -ComputerName hv16 -AutomaticCheckpointsEnabled $false -Notes changed")]
    [InlineData("Set-VM -VM $vm -AutomaticCheckpointsEnabled $false -Notes changed")]
    [InlineData("$vm | Set-VM -AutomaticCheckpointsEnabled $false -Notes changed")]
    [InlineData("Get-VMHost -ComputerName hv16 | ForEach-Object { Set-VM web -CimSession $_.CimSession -AutomaticCheckpointsEnabled $false -Notes changed }")]
    public void WhatCameLaterIsRefusedThereAndNothingIsDone(string script)
    {
        _session.RunWell("$vm = New-VM web -ComputerName hv16 -Generation 2");
        _session.Fails(script, "NotSupported,Microsoft.HyperV.PowerShell.Commands.SetVM", ErrorCategory.InvalidOperation);
        Assert.Equal(string.Empty, _session.One<string>("$vm.Notes"));
    }

    [Fact]
    public void OtherHostsTakeIt() =>
        _session.RunWell("New-VM web -ComputerName hv02 | Set-VM -AutomaticCheckpointsEnabled $false; New-VM web | Set-VM -AutomaticCheckpointsEnabled $false");

    [Fact]
    public void AMachineLivesAsItDidThen()
    {
        _session.RunWell("""
            $there = @{ ComputerName = 'hv16' }
            $vm = New-VM web -Generation 2 -NewVHDPath d.vhdx -NewVHDSizeBytes 64MB -Path there @there
            $vm | Set-VM -CheckpointType Disabled -ProcessorCount 2 -StaticMemory -AutomaticStopAction ShutDown
            Set-VMFirmware web -EnableSecureBoot Off -FirstBootDevice $vm.HardDrives[0] @there; Set-VMComPort web -Number 1 -Path \\.\pipe\web @there
            Start-VM web @there; Stop-VM web -Force @there
            """);
        Assert.Equal("Off 2 Off 8.0", _session.One<string>("\"$($vm.State) $($vm.ProcessorCount) $((Get-VMFirmware -VM $vm).SecureBoot) $($vm.Version)\""));
        _session.RunWell("Remove-VM web -Force @there");
        Assert.Empty(_session.Run("Get-VM @there"));
    }

    [Fact]
    public void ItHasTheVersionsOfItsTime()
    {
        Assert.Equal("8.0", _session.One<string>("(Get-VMHostSupportedVersion -ComputerName hv16 -Default).Version"));
        Assert.Equal("5.0 6.2 7.0 7.1 8.0", _session.One<string>("\"$((Get-VMHost -ComputerName hv16).SupportedVmVersions)\""));
        Assert.Equal("12.0", _session.One<string>("(New-VM web -ComputerName hv02).Version"));
        _session.Fails("New-VM web -ComputerName hv16 -Version 9.0", "InvalidParameter,Microsoft.HyperV.PowerShell.Commands.NewVM", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void AnotherBuildIsNoBuild()
    {
        Environment.SetEnvironmentVariable(VirtualizationHost.HostsVariable, "hv16:1");
        var exception = _session.Fails("Get-VM -ComputerName hv16").Exception;
        Environment.SetEnvironmentVariable(VirtualizationHost.HostsVariable, null);
        Assert.IsType<FormatException>(exception);
    }
}
