using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using HyperV.Qemu.Testing;
using HyperV.Qemu.Tests.Contract;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>The module as Windows Server 2016 has it.</summary>
public sealed class OldModuleTests : IDisposable
{
    private static readonly HashSet<string> Common = [.. Cmdlet.CommonParameters];

    private readonly StandInSession _session = new();
    private readonly Runspace _old = StandInSession.Open(StandInBuild.Server2016Module);

    public OldModuleTests() => _old.SessionStateProxy.Path.SetLocation(_session.Folder);

    public void Dispose()
    {
        _old.Dispose();
        _session.Dispose();
    }

    [Fact]
    public void Has_only_the_parameters_of_its_time()
    {
        var command = (CmdletInfo)Run("Get-Command Set-VM")!.BaseObject;
        Assert.False(command.Parameters.ContainsKey("AutomaticCheckpointsEnabled"));
        Assert.True(command.Parameters.ContainsKey("CheckpointType"));
        var exception = Assert.Throws<ParameterBindingException>(() => Run("Set-VM web -AutomaticCheckpointsEnabled $false -ErrorAction Stop"));
        Assert.StartsWith("NamedParameterNotFound,", exception.ErrorRecord.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_cmdlet_has_exactly_what_it_had_then()
    {
        foreach (var cmdlet in CmdletShape.Contract.GetProperty("cmdlets").EnumerateObject())
        {
            var expected = cmdlet.Value.GetProperty("parameters").EnumerateObject()
                .Where(parameter => parameter.Value.TryGetProperty("since14393", out var then) && then.GetBoolean())
                .Select(parameter => parameter.Name);
            var actual = ((CmdletInfo)Run($"Get-Command Hyper-V\\{cmdlet.Name}")!.BaseObject).Parameters.Keys.Where(name => !Common.Contains(name));
            Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_machine_lives_as_it_did_then()
    {
        Run("""
            $vm = New-VM web -Generation 2 -NewVHDPath d.vhdx -NewVHDSizeBytes 64MB -Path there
            $vm | Set-VM -CheckpointType Disabled -ProcessorCount 2 -StaticMemory -AutomaticStopAction ShutDown
            Set-VMFirmware web -EnableSecureBoot Off -FirstBootDevice $vm.HardDrives[0]; Set-VMComPort web -Number 1 -Path \\.\pipe\web
            Start-VM web; Stop-VM web -Force
            """);
        Assert.Equal("Off 2 Off", Run("\"$($vm.State) $($vm.ProcessorCount) $((Get-VMFirmware web).SecureBoot)\"")!.ToString());
        Run("Remove-VM web -Force");
        Assert.Empty(_session.Run("Get-VM"));
    }

    [Fact]
    public void What_came_later_is_no_parameter_of_any_call()
        => Assert.StartsWith(
            "NamedParameterNotFound,",
            Assert.Throws<ParameterBindingException>(() => Run("New-VM web -GuestStateIsolationType TrustedLaunch")).ErrorRecord.FullyQualifiedErrorId,
            StringComparison.Ordinal);

    [Fact]
    public void Works_on_the_same_state()
    {
        Assert.Equal("web", Run("(New-VM web).Name")!.ToString());
        Assert.Single(_session.Run("Get-VM web"));
    }

    private PSObject? Run(string script)
    {
        using var shell = PowerShell.Create(_old);
        return shell.AddScript("$ErrorActionPreference = 'Stop'; " + script, useLocalScope: false).Invoke().SingleOrDefault();
    }
}
