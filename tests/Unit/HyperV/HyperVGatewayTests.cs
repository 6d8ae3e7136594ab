using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.HyperV;

/// <summary>The gateway's contract, in a real engine, over a module named Hyper-V that is a few functions.</summary>
public sealed class HyperVGatewayTests : IDisposable
{
    private const string Module = """
        function Get-VM { [CmdletBinding()] param($Name, $Id)
            $PSCmdlet.WriteVerbose('details')
            $PSCmdlet.WriteObject("vm $Name")
            $PSCmdlet.WriteWarning("warn $Name")
            $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([Exception]::new("err $Name"), 'ObjectNotFound', 'ObjectNotFound', $Name))
        }
        function New-VM { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param($Name)
            if ($PSCmdlet.ShouldProcess($Name)) { "made $Name" } else { 'not made' }
        }
        function Start-VM { [CmdletBinding(SupportsShouldProcess)] param($VM, $Started)
            $Started.Set()
            while ($true) { [Threading.Thread]::Sleep(10) }
        }
        function Remove-VM { [CmdletBinding(SupportsShouldProcess)] param($VM) throw 'terminated' }
        function Suspend-VM { [CmdletBinding(SupportsShouldProcess)] param($VM, $During)
            $During.Invoke()
            [Threading.Thread]::Sleep(300)
            'done'
        }
        function Resume-VM { [CmdletBinding(SupportsShouldProcess)] param($Name)
            if ($PSCmdlet.ShouldContinue($Name, 'Turn off')) { 'turned off' }
        }
        function Stop-VM { [CmdletBinding(SupportsShouldProcess)] param($VM, $Log) $Log.Add('undone') }
        """;

    private readonly Runspace _runspace;

    public HyperVGatewayTests()
    {
        _runspace = RunspaceFactory.CreateRunspace(State());
        SetUp(_runspace);
    }

    private static InitialSessionState State()
    {
        var state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Invoke-Gateway", typeof(InvokeGatewayCommand), null));
        return state;
    }

    private static void SetUp(Runspace runspace)
    {
        runspace.Open();
        using var setUp = PowerShell.Create(runspace);
        setUp.AddScript($"New-Module -Name Hyper-V -ScriptBlock {{ {Module} }} | Import-Module -Global; function Get-VM {{ 'the wrong one' }}").Invoke();
        Assert.False(setUp.HadErrors, string.Join("\n", setUp.Streams.Error));
    }

    public void Dispose() => _runspace.Dispose();

    [Fact]
    public void CallsHyperVsOwnCmdletAndHandsItsRecordsOn()
    {
        using var powerShell = Script("Invoke-Gateway Get web -WarningVariable w; \"warnings: $w\"");
        var output = powerShell.Invoke().Select(item => item.ToString()).ToList();

        Assert.Equal(["vm web", "error: err web", "warnings: warn web"], output);
        Assert.Equal("warn web", Assert.Single(powerShell.Streams.Warning).Message);
        Assert.Empty(powerShell.Streams.Verbose);
    }

    [Fact]
    public void GivesTheUsersWarningActionItsEffectOnce()
    {
        using var powerShell = Script("Invoke-Gateway Get web -WarningAction SilentlyContinue");
        powerShell.Invoke();
        Assert.Empty(powerShell.Streams.Warning);
    }

    [Fact]
    public void AsksForVerboseOnlyWhereTheUserDid()
    {
        using var powerShell = Script("Invoke-Gateway Get web -Verbose");
        powerShell.Invoke();
        Assert.Contains(powerShell.Streams.Verbose, record => record.Message == "details");
    }

    [Fact]
    public void AsksNothingThatOurCmdletHasAsked()
    {
        using var powerShell = Script("$ConfirmPreference = 'Low'; $WhatIfPreference = $true; Invoke-Gateway New web");
        Assert.Equal("made web", Assert.Single(powerShell.Invoke()).ToString());
    }

    [Theory]
    [InlineData("a'; throw 'executed'; '")]
    [InlineData("$(throw 'executed')")]
    [InlineData("`\"; | Remove-VM")]
    public void TakesANameForANameWhateverItLooksLike(string name)
    {
        using var powerShell = Script("param($name) Invoke-Gateway New $name").AddArgument(name);
        Assert.Equal("made " + name, Assert.Single(powerShell.Invoke()).ToString());
    }

    [Fact]
    public void TurnsATerminatingErrorIntoAResult()
    {
        using var powerShell = Script("Invoke-Gateway Remove");
        Assert.Equal("error: terminated", Assert.Single(powerShell.Invoke()).ToString());
    }

    [Fact]
    public void SaysThatACommandIsMissing()
    {
        using var powerShell = Script("Invoke-Gateway Missing");
        Assert.StartsWith("error: The term", Assert.Single(powerShell.Invoke()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AsksNobodyWhereACallIsToAskNobody()
    {
        var host = new RecordingHost(answer: 0);
        using var runspace = RunspaceFactory.CreateRunspace(host, State());
        SetUp(runspace);
        using var asked = PowerShell.Create(runspace).AddScript("Invoke-Gateway Resume web");
        Assert.Equal("turned off", Assert.Single(asked.Invoke()).ToString());
        Assert.Single(host.Questions);

        using var silent = PowerShell.Create(runspace).AddScript("Invoke-Gateway Resume web -AsksNobody; Write-Host 'still there'");
        Assert.StartsWith("error: ", Assert.Single(silent.Invoke()).ToString(), StringComparison.Ordinal);
        Assert.Single(host.Questions);
        Assert.Contains("still there", host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopsInsideACallAndStillUndoes()
    {
        using var started = new ManualResetEventSlim();
        var log = new List<string>();
        using var powerShell = Script("param($started, $log) Invoke-Gateway Start -Started $started -Log $log")
            .AddArgument(started).AddArgument(log);
        var running = powerShell.BeginInvoke();
        Assert.True(started.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));

        await Task.Run(powerShell.Stop, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Throws<PipelineStoppedException>(() => powerShell.EndInvoke(running));
        Assert.Equal(["stopped", "undone"], log);
    }

    [Fact]
    public void EndsACallWhoseTimeIsOver()
    {
        using var started = new ManualResetEventSlim();
        using var powerShell = Script("param($started) Invoke-Gateway Start -Started $started -TimeoutMilliseconds 100").AddArgument(started);
        Assert.Equal("timed out", Assert.Single(powerShell.Invoke()).ToString());
    }

    [Fact]
    public void RefusesACallOnceItIsStoppedAndStillUndoes()
    {
        var log = new List<string>();
        var output = new List<PSObject>();
        using var powerShell = Script("param($log) Invoke-Gateway New web -StopBefore -Log $log").AddArgument(log);
        powerShell.Invoke(null, output);
        Assert.Equal(["stopped", "undone"], log);
        Assert.Empty(output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-TimeoutMilliseconds 60000")]
    public void TheTimerOfACallThatHasEndedEndsNoOther(string timeout)
    {
        using var powerShell = Script($"Invoke-Gateway Suspend -EndAnother {timeout}");
        Assert.Equal("done", Assert.Single(powerShell.Invoke()).ToString());
    }

    private PowerShell Script(string script)
    {
        var powerShell = PowerShell.Create(_runspace);
        return powerShell.AddScript(script);
    }
}
