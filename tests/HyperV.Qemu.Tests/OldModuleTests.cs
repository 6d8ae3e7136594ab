using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using HyperV.Qemu.Tests.Hosting;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>The module as Windows Server 2016 has it.</summary>
public sealed class OldModuleTests : IDisposable
{
    private readonly StandInSession _session = new();
    private readonly Runspace _old = StandInSession.OpenRunspace(StandInSession.BuildValue("StandInServer2016Layout"));

    public void Dispose()
    {
        _old.Dispose();
        _session.Dispose();
    }

    [Fact]
    public void Has_only_the_parameters_of_its_time()
    {
        var command = (CmdletInfo)Run("Get-Command Set-VM").BaseObject;
        Assert.False(command.Parameters.ContainsKey("AutomaticCheckpointsEnabled"));
        Assert.True(command.Parameters.ContainsKey("CheckpointType"));
        var exception = Assert.Throws<ParameterBindingException>(() => Run("Set-VM web -AutomaticCheckpointsEnabled $false -ErrorAction Stop"));
        Assert.StartsWith("NamedParameterNotFound,", exception.ErrorRecord.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Works_on_the_same_state()
    {
        Assert.Equal("web", Run("(New-VM web).Name").ToString());
        Assert.Single(_session.Run("Get-VM web"));
    }

    private PSObject Run(string script)
    {
        using var shell = PowerShell.Create(_old);
        return shell.AddScript("$ErrorActionPreference = 'Stop'; " + script).Invoke().Single();
    }
}
