using System;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Testing;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>What is set on a machine and is not its processors, memory, drives or adapters.</summary>
public sealed class MachineSettingsTests : IDisposable
{
    private readonly StandInSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void TheBIOSKeepsItsOrderAndNumLock()
    {
        _session.RunWell("$vm = New-VM web; $before = (Get-VMBios web).StartupOrder");
        Assert.Equal("IDE,CD,LegacyNetworkAdapter,Floppy True", Bios("Set-VMBios web -StartupOrder IDE, CD, LegacyNetworkAdapter, Floppy -EnableNumLock -Passthru"));
        Assert.Equal("IDE,CD,LegacyNetworkAdapter,Floppy False", Bios("Get-VMBios web | Set-VMBios -DisableNumLock -Passthru"));
        Assert.Equal("CD,IDE,LegacyNetworkAdapter,Floppy", _session.One<string>("$before -join ','"));
        _session.Fails("New-VM two -Generation 2 | Set-VMBios -EnableNumLock", "InvalidParameter,Microsoft.HyperV.PowerShell.Commands.SetVMBios", ErrorCategory.InvalidArgument);
        _session.Fails("Start-VM web; Set-VMBios web -EnableNumLock", "InvalidState,Microsoft.HyperV.PowerShell.Commands.SetVMBios", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public void ATPMComesWithAKeyProtectorAndGoes()
    {
        _session.RunWell("$vm = New-VM web -Generation 2; $none = Get-VMKeyProtector web; Set-VMKeyProtector web -NewLocalKeyProtector; $key = Get-VMKeyProtector -VM $vm");
        Assert.True(_session.One<bool>("$key.Length -gt $none.Length -and $key[0] -is [byte]"));
        _session.RunWell("$vm | Enable-VMTPM");
        Assert.True(_session.One<bool>("(Get-VMSecurity web).TpmEnabled"));
        _session.Fails("Start-VM web; Disable-VMTPM web", "InvalidState,Microsoft.HyperV.PowerShell.Commands.DisableVMTPM", ErrorCategory.InvalidOperation);
        _session.RunWell("Stop-VM web -TurnOff; Disable-VMTPM web");
        Assert.False(_session.One<bool>("(Get-VMSecurity web).TpmEnabled"));
        _session.RunWell("Set-VMKeyProtector web -KeyProtector $key");
        Assert.True(_session.One<bool>("[Convert]::ToBase64String((Get-VMKeyProtector web)) -eq [Convert]::ToBase64String($key)"));
    }

    [Fact]
    public void SecurityChangesWithAKeyProtectorAlone()
    {
        _session.RunWell("$vm = New-VM web -Generation 2");
        _session.Fails("Set-VMSecurity web -EncryptStateAndVmMigrationTraffic $true", "OperationFailed,Microsoft.HyperV.PowerShell.Commands.SetVMSecurity", ErrorCategory.NotSpecified);
        _session.RunWell("Set-VMKeyProtector web -NewLocalKeyProtector; Set-VMSecurity web -EncryptStateAndVmMigrationTraffic $true; $vm | Set-VMSecurity -VirtualizationBasedSecurityOptOut $true");
        Assert.Equal("True True", _session.One<string>("Get-VMSecurity web | ForEach-Object { \"$($_.EncryptStateAndVmMigrationTraffic) $($_.VirtualizationBasedSecurityOptOut)\" }"));
    }

    [Fact]
    public void AnIntegrationServiceThatIsDisabledDoesNotServe()
    {
        _session.RunWell("New-VM web; Start-VM web");
        Assert.Equal("OkApplicationsUnknown", _session.One<string>("(Get-VM web).Heartbeat"));
        Assert.Equal("False OK", _session.One<string>("Disable-VMIntegrationService web -Name Heartbeat -Passthru | ForEach-Object { \"$($_.Enabled) $($_.PrimaryStatusDescription)\" }"));
        Assert.Equal("Disabled", _session.One<string>("(Get-VM web).Heartbeat"));
        _session.RunWell("Get-VMIntegrationService web -Name Shutdown | Disable-VMIntegrationService");
        _session.Fails("Stop-VM web", "InvalidOperation,Microsoft.HyperV.PowerShell.Commands.StopVM", ErrorCategory.InvalidOperation);
        Assert.Equal("Running", _session.One<string>("(Get-VM web).State"));
        _session.RunWell("Enable-VMIntegrationService web -Name Shutdown, Guest*; Stop-VM web");
        Assert.Equal(["Guest Service Interface", "Key-Value Pair Exchange", "Shutdown", "Time Synchronization", "VSS"], Enabled());
        _session.Fails("Enable-VMIntegrationService web -Name none", "ObjectNotFound,Microsoft.HyperV.PowerShell.Commands.EnableVMIntegrationService", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void MeteringBeginsBeginsAnewAndEnds()
    {
        _session.RunWell("$vm = New-VM web -MemoryStartupBytes 64MB; Start-VM web; Enable-VMResourceMetering web; Start-Sleep -Milliseconds 50; $first = Measure-VM web");
        Assert.Equal("web 64 True", _session.One<string>("\"$($first.VMName) $($first.AverageMemoryUsage) $($vm.ResourceMeteringEnabled)\""));
        Assert.True(_session.One<bool>("$first.MeteringDuration -ge [timespan]::FromMilliseconds(50)"));

        // A duration that began later is shorter, whatever time the calls take.
        Assert.True(_session.One<bool>("$later = [datetime]::UtcNow; Reset-VMResourceMetering -VM $vm; (Measure-VM web).MeteringDuration -le [datetime]::UtcNow - $later"));
        _session.RunWell("Disable-VMResourceMetering web");
        Assert.False(_session.One<bool>("$vm.ResourceMeteringEnabled"));
        _session.Fails("Measure-VM web", "InvalidOperation,Microsoft.HyperV.PowerShell.Commands.MeasureVM", ErrorCategory.InvalidOperation);
        _session.RunWell("Reset-VMResourceMetering web");
        Assert.False(_session.One<bool>("$vm.ResourceMeteringEnabled"));
    }

    [Fact]
    public void ACheckpointIsRenamedByNameAndAsAnObject()
    {
        _session.RunWell("New-VM web; $c = Checkpoint-VM web -SnapshotName first -Passthru");
        Assert.Equal("second", _session.One<string>("(Rename-VMSnapshot -VMName web -Name first -NewName second -Passthru).Name"));
        Assert.Equal("third third", _session.One<string>("$c | Rename-VMSnapshot -NewName third; \"$($c.Name) $((Get-VM web).ParentSnapshotName)\""));
        _session.Fails("Rename-VMSnapshot -VMName web -Name first -NewName x", "ObjectNotFound,Microsoft.HyperV.PowerShell.Commands.RenameVMSnapshot", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void AConfigurationVersionGoesUpWhenThatIsWished()
    {
        _session.RunWell("New-VM web -Version 8.0");
        _session.RunWell("Update-VMVersion web -Force -WhatIf");
        Assert.Equal("8.0", _session.One<string>("(Get-VM web).Version"));
        Assert.Equal(_session.One<string>("(Get-VMHostSupportedVersion -Default).Version"), _session.One<string>("(Update-VMVersion web -Force -Passthru).Version"));
        _session.Fails("Start-VM web; Update-VMVersion web -Force", "InvalidState,Microsoft.HyperV.PowerShell.Commands.UpdateVMVersion", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public void AWaitEndsWhenTheGuestAnswers()
    {
        _session.RunWell("New-VM web; Start-VM web");
        Assert.Equal("web", _session.One<string>("(Wait-VM web -For Heartbeat -Passthru).Name"));
    }

    [Theory]
    [InlineData("Wait-VM web -For Heartbeat -Timeout 0", "OperationFailed", ErrorCategory.NotSpecified)]
    [InlineData("Wait-VM web -For IPAddress -Timeout 0", "OperationFailed", ErrorCategory.NotSpecified)]
    [InlineData("Wait-VM web -For MemoryOperations", "NotSupportedByStandIn", ErrorCategory.NotImplemented)]
    public void AWaitInVainIsAnError(string script, string identifier, ErrorCategory category)
    {
        Environment.SetEnvironmentVariable(GuestBehavior.Variable, GuestBehavior.NoContact);
        _session.RunWell("New-VM web; Start-VM web");
        _session.Fails(script, $"{identifier},Microsoft.HyperV.PowerShell.Commands.WaitVM", category);
    }

    private string[] Enabled() => [.. _session.Run("Get-VMIntegrationService web | Where-Object Enabled | ForEach-Object Name").Select(name => name.ToString())];

    private string Bios(string script) => _session.One<string>($"{script} | ForEach-Object {{ \"$($_.StartupOrder -join ',') $($_.NumLockEnabled)\" }}");
}
