using System;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Testing;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>What Windows tells of hosts, and how the controls change it.</summary>
public sealed class HostInstanceTests : IDisposable
{
    private readonly StandInSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("", "", "True")]
    [InlineData("hypervisor", "", "False")]
    [InlineData("hypervisor", "1", "True")]
    [InlineData("hypervisor", "hidden", "False")]
    [InlineData("hv02:hypervisor", "", "True")]
    public void ANestedHostSeesTheHypervisorThatItRunsOn(string broken, string nested, string isPresent)
    {
        Environment.SetEnvironmentVariable(Breakdown.Variable, broken);
        Environment.SetEnvironmentVariable(NestedHost.Variable, nested);
        Assert.Equal(isPresent, _session.One<string>("(CimCmdlets\\Get-CimInstance -ClassName Win32_ComputerSystem).HypervisorPresent"));
    }

    [Theory]
    [InlineData("", "Running")]
    [InlineData("vmms", "Stopped")]
    [InlineData("service", "")]
    public void TheManagementServiceHasItsState(string broken, string state)
    {
        Environment.SetEnvironmentVariable(Breakdown.Variable, broken);
        Assert.Equal(state, _session.One<string>("\"$((Get-CimInstance Win32_Service -Filter \"Name='vmms'\").State)\""));
    }

    [Fact]
    public void MemoryAndDiskSpaceCanBeGone()
    {
        const string Free = "[string]((Get-CimInstance Win32_OperatingSystem).FreePhysicalMemory -gt 0) + ((Get-CimInstance Win32_LogicalDisk -Filter \"DeviceID='/'\").FreeSpace -gt 0)";
        Assert.Equal("TrueTrue", _session.One<string>(Free));
        Environment.SetEnvironmentVariable(Breakdown.Variable, "memory;disk-space");
        Assert.Equal("FalseFalse", _session.One<string>(Free));
    }

    [Fact]
    public void AnotherHostIsAskedByNameOrByAnObjectsSession()
    {
        Environment.SetEnvironmentVariable(VirtualizationHost.HostsVariable, "hv02");
        Assert.Equal("HV02", _session.One<string>("(Get-CimInstance Win32_ComputerSystem -ComputerName hv02).Name"));
        Assert.Equal("HV02", _session.One<string>("(Get-CimInstance Win32_ComputerSystem -CimSession (Get-VMHost -ComputerName hv02).CimSession).Name"));
        Assert.Contains("could not be resolved", _session.Fails("Get-CimInstance Win32_ComputerSystem -ComputerName nowhere").ToString(), StringComparison.Ordinal);
        Assert.Contains("does not support", _session.Fails("Get-CimInstance Win32_Service -Filter 'StartMode like x'").ToString(), StringComparison.Ordinal);
    }
}
