using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Testing;
using HyperV.Qemu.Tests.Contract;
using Xunit;

namespace HyperV.Qemu.Tests;

public sealed class LifeCycleTests : IDisposable
{
    private readonly StandInSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void AMachineObjectIsLive()
    {
        _session.RunWell("$vm = New-VM -Name web -Generation 2 -MemoryStartupBytes 64MB");
        Assert.Equal("Off", _session.One<string>("$vm.State"));
        _session.RunWell("Start-VM web");
        Assert.Equal("Running", _session.One<string>("$vm.State"));
        Assert.Equal(64 << 20, _session.One<long>("$vm.MemoryAssigned"));
        Assert.True(_session.One<TimeSpan>("$vm.Uptime") > TimeSpan.Zero);
        _session.RunWell("Stop-VM web -TurnOff; Rename-VM web www");
        Assert.Equal("www", _session.One<string>("$vm.VMName"));
        _session.RunWell("Remove-VM www -Force");
        Assert.True(_session.One<bool>("$vm.IsDeleted"));
        Assert.Empty(_session.Run("Get-VM"));
    }

    [Fact]
    [Covers("VM names are not unique")]
    public void NamesNeedNotBeUnique()
    {
        _session.RunWell("New-VM same; New-VM same");
        Assert.Equal(2, _session.Run("Get-VM same").Count);
        _session.RunWell("Start-VM same");
        Assert.Equal(2, _session.Run("Get-VM | Where-Object State -eq Running").Count);
    }

    [Fact]
    [Covers("Get-VM: a wildcard finds nothing")]
    public void NamesAreWildcards()
    {
        _session.RunWell("New-VM web1; New-VM web2; New-VM 'web[12]'");
        Assert.Equal(["web1", "web2"], _session.Run("(Get-VM 'WEB[12]').Name").Select(name => name.ToString()));
        Assert.Empty(_session.Run("Get-VM none*"));
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void EachMissingNameIsAnErrorOfItsOwn()
    {
        _session.RunWell("New-VM web");
        Assert.Single(_session.Run("Get-VM one, web, two"));
        Assert.Equal(["one", "two"], _session.Errors.Select(error => error.TargetObject));
    }

    [Fact]
    public void ObjectsBindWhereTheModuleBindsThem()
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; New-VM web -Generation 2 -VHDPath d.vhdx");
        Assert.Equal("Running", _session.One<string>("(Get-VM web | Start-VM -Passthru).State"));
        _session.RunWell("'web' | Stop-VM -TurnOff -Confirm:$false; Get-VM web | Remove-VM -Force");
    }

    [Fact]
    public void AMachineInAPipelineToGetVHDBindsItsPath()
    {
        // By the contract's parameters: Path is in the default set, takes property names, and a machine has a Path.
        _session.RunWell("New-VM web");
        _session.Fails("Get-VM web | Get-VHD", "InvalidParameter,Microsoft.Vhd.PowerShell.Cmdlets.GetVHD", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void TheIdOfAMachineInAPipelineToGetVHDBindsAsVMId()
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; New-VM web -VHDPath d.vhdx");
        Assert.EndsWith("d.vhdx", _session.One<string>("(Get-VM web | Select-Object VMId | Get-VHD).Path"), StringComparison.Ordinal);
        Assert.EndsWith("d.vhdx", _session.One<string>("((Get-VM web).VMId | Get-VHD).Path"), StringComparison.Ordinal);
    }

    [Fact]
    [Covers("Stop-VM -TurnOff and -Save do not ask")]
    public void AMachineIsTurnedOffAndSavedWithoutAQuestion()
    {
        Environment.SetEnvironmentVariable(GuestBehavior.Variable, GuestBehavior.NoContact);
        _session.RunWell("$vm = New-VM web; Start-VM web");
        Assert.Empty(_session.RunAnswering(1, "Stop-VM web -TurnOff -Confirm:$false"));
        Assert.Equal("Off", _session.One<string>("$vm.State"));
        foreach (var save in new[] { "Stop-VM web -Save", "Save-VM web" })
        {
            _session.RunWell("Start-VM web");
            Assert.Empty(_session.RunAnswering(1, save));
            Assert.Equal("Saved", _session.One<string>("$vm.State"));
        }

        _session.RunWell("Start-VM web");
        Assert.Equal("Running", _session.One<string>("$vm.State"));
    }

    [Fact]
    [Covers("Stop-VM: off already is a warning")]
    [Covers("Start-VM: on already is a warning")]
    public void SayingItTwiceIsAWarning()
    {
        _session.RunWell("New-VM web");
        _session.RunWell("Stop-VM web");
        Assert.Equal(["The virtual machine is already in the specified state."], _session.Warnings);
        _session.RunWell("Start-VM web");
        _session.RunWell("Start-VM web");
        Assert.Single(_session.Warnings);
        _session.RunWell("Start-VM web -WarningAction SilentlyContinue");
        Assert.Empty(_session.Warnings);
    }

    [Fact]
    public void WhatIfChangesNothing()
    {
        _session.RunWell("New-VM web -WhatIf");
        Assert.Empty(_session.Run("Get-VM"));
        _session.RunWell("New-VM web; Start-VM web -WhatIf; Remove-VM web -Force -WhatIf; Set-VM web -Notes x -WhatIf");
        Assert.Equal("Off", _session.One<string>("(Get-VM web).State"));
        Assert.Equal(string.Empty, _session.One<string>("(Get-VM web).Notes"));
    }

    [Fact]
    public void AMachineBelongsToEveryProcess()
    {
        Environment.SetEnvironmentVariable(PropertyAge.Variable, "0");
        _session.RunWell("$vm = New-VM web; Start-VM web");
        Assert.Equal("Running", RunElsewhere("(Get-VM web).State; Stop-VM web -TurnOff; Rename-VM web www"));
        Assert.Equal("Off www", _session.One<string>("\"$($vm.State) $($vm.Name)\""));
    }

    [Fact]
    public void WhatAnotherProcessChangesIsSeenUpToFiveSecondsLater()
    {
        // For longer than any of this takes.
        Environment.SetEnvironmentVariable(PropertyAge.Variable, "600000");
        _session.RunWell("New-VM web; Start-VM web; $vm = Get-VM web");
        RunElsewhere("Stop-VM web -TurnOff; Set-VM web -Notes changed");
        Assert.Equal("Running ", _session.One<string>("$now = Get-VM web; \"$($now.State) $($now.Notes)\""));
        Assert.Equal("Running", _session.One<string>("Get-VM | Where-Object State -EQ Running | ForEach-Object State"));

        // A cmdlet looks at what is now, and what it changes itself is seen at once.
        _session.RunWell("Start-VM web");
        Assert.Empty(_session.Warnings);
        Assert.Equal("Running changed", _session.One<string>("\"$($vm.State) $($vm.Notes)\""));
        RunElsewhere("Stop-VM web -TurnOff");
        Environment.SetEnvironmentVariable(PropertyAge.Variable, null);
        Assert.True(SpinWait.SpinUntil(() => _session.One<string>("$vm.State") == "Off", TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void AFirstStartGivesTheAdapterAnAddress()
    {
        _session.RunWell("$vm = New-VM web");
        Assert.Equal("000000000000", _session.One<string>("$vm.NetworkAdapters[0].MacAddress"));
        _session.RunWell("Start-VM web");
        var address = _session.One<string>("$vm.NetworkAdapters[0].MacAddress");
        Assert.Matches("^00155D[0-9A-F]{6}$", address);
        _session.RunWell("Stop-VM web -TurnOff; Start-VM web");
        Assert.Equal(address, _session.One<string>("$vm.NetworkAdapters[0].MacAddress"));
    }

    [Fact]
    public void DynamicMemoryWidensWhileTheMachineIsOn()
    {
        _session.RunWell("$vm = New-VM web -MemoryStartupBytes 512MB; Set-VMMemory web -DynamicMemoryEnabled $true -MinimumBytes 256MB -MaximumBytes 1GB; Start-VM web");
        _session.RunWell("Set-VMMemory web -MinimumBytes 128MB -MaximumBytes 2GB -Buffer 30 -Priority 80");
        Assert.Equal("134217728 2147483648 30 80", _session.One<string>("$m = Get-VMMemory web; \"$($m.Minimum) $($m.Maximum) $($m.Buffer) $($m.Priority)\""));
        foreach (var refused in new[] { "-MinimumBytes 256MB", "-MaximumBytes 1GB", "-StartupBytes 256MB", "-DynamicMemoryEnabled $false" })
        {
            _session.Fails($"Set-VMMemory web {refused}", "InvalidState,Microsoft.HyperV.PowerShell.Commands.SetVMMemory", ErrorCategory.InvalidOperation);
        }

        _session.RunWell("Save-VM web");
        _session.Fails("Set-VMMemory web -Priority 50", "InvalidState,Microsoft.HyperV.PowerShell.Commands.SetVMMemory", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public void APipeMayBeSetWhileTheMachineRunsButNotWhileItIsSaved()
    {
        _session.RunWell("New-VM web; Start-VM web; Set-VMComPort web -Number 1 -Path '\\\\.\\pipe\\next'");
        Assert.Equal(@"\\.\pipe\next", _session.One<string>("(Get-VMComPort web -Number 1).Path"));
        _session.RunWell("Save-VM web");
        _session.Fails("Set-VMComPort web -Number 1 -Path '\\\\.\\pipe\\other'");
    }

    [Fact]
    public void NothingOfARemovedMachineIsLeft()
    {
        _session.RunWell("New-VM web; Start-VM web; Stop-VM web -TurnOff; Remove-VM web -Force");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_session.State, "machines")));
    }

    /// <summary>Runs a script, which must not write an error, in a PowerShell of its own, and gives what it writes.</summary>
    private static string RunElsewhere(string script)
    {
        var import = $"Import-Module '{Path.Combine(StandInBuild.Module, "Hyper-V.psd1")}'; ";
        using var process = Process.Start(new ProcessStartInfo("dotnet", [StandInBuild.PowerShell, "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", import + script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["POWERSHELL_UPDATECHECK"] = "Off" },
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Empty(errors.Result);
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }
}
