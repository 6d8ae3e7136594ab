using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Testing;
using HyperV.Qemu.Tests.Contract;
using Microsoft.HyperV.PowerShell;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>The errors of the contract: each script has to fail as its row says.</summary>
public sealed class ErrorTests : IDisposable
{
    // The choices of ShouldContinue.
    private const int Yes = 0;
    private const int No = 1;

    private readonly StandInSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Get-VM: no such name", "Get-VM none")]
    [InlineData("Start-VM: no such name", "Start-VM none")]
    [InlineData("Stop-VM: no such name", "Stop-VM none")]
    [InlineData("Set-VM: no such name", "Set-VM none -Notes x")]
    [InlineData("Set-VMMemory: no such name", "Set-VMMemory none -StartupBytes 1GB")]
    [InlineData("Set-VMFirmware: no such name", "Set-VMFirmware none -EnableSecureBoot Off")]
    [InlineData("Remove-VM: no such name", "Remove-VM none -Force")]
    [InlineData("New-VM: no such switch", "New-VM web -SwitchName none")]
    [InlineData("Connect-VMNetworkAdapter: no such switch", "New-VM web | Out-Null; Connect-VMNetworkAdapter web -SwitchName none")]
    [InlineData("Get-VMSwitch: no such id", "Get-VMSwitch -Id 00000000-0000-0000-0000-000000000001")]
    [InlineData("Get-VMSwitch: no such name", "Get-VMSwitch none")]
    [InlineData("Connect-VMNetworkAdapter: no such adapter", "New-VM web | Out-Null; Connect-VMNetworkAdapter web -Name none -SwitchName 'Default Switch'")]
    [InlineData("Get-VMNetworkAdapter: the host has none on the switch", "New-VMSwitch lab -SwitchType Private | Out-Null; Get-VMNetworkAdapter -ManagementOS -SwitchName lab")]
    [InlineData("New-VM: no such disk", "New-VM web -VHDPath none.vhdx")]
    [InlineData("New-VM: no such drive", "New-VM web -Path /proc/none")]
    [InlineData("Get-VM: no such computer", "Get-VM -ComputerName none")]
    [InlineData("New-VHD: no such computer", "New-VHD d.vhdx -SizeBytes 64MB -ComputerName none")]
    public void WhatIsNotThere(string row, string script) => AssertFails(row, script);

    [Theory]
    [InlineData("Remove-VM: the machine runs", "Start-VM web; Remove-VM web -Force")]
    [InlineData("Remove-VM: nobody to ask", "Remove-VM web")]
    [InlineData("Set-VM: not now", "Start-VM web; Set-VM web -ProcessorCount 1")]
    [InlineData("Set-VMMemory: not now", "Start-VM web; Set-VMMemory web -StartupBytes 1GB")]
    [InlineData("Set-VMProcessor: not now", "Start-VM web; Set-VMProcessor web -Count 1")]
    [InlineData("Set-VMProcessor: threads per core", "Set-VMProcessor web -HwThreadCountPerCore 2")]
    [InlineData("Set-VMProcessor: not supported by the host", "Set-VMProcessor web -ExposeVirtualizationExtensions $true")]
    [InlineData("Set-VMFirmware: Generation 1", "Set-VMFirmware web -EnableSecureBoot Off")]
    [InlineData("Get-VMFirmware: Generation 1", "Get-VMFirmware web")]
    [InlineData("New-VM: Generation 2 with IDE", "New-VM two -Generation 2 -BootDevice IDE")]
    [InlineData("New-VM: Generation 2 with IDE", "New-VM two -Generation 2 -BootDevice Floppy")]
    [InlineData("New-VM: Generation 2 with IDE", "New-VM two -Generation 2 -BootDevice LegacyNetworkAdapter")]
    [InlineData("Add-VMHardDiskDrive: not reachable", "Add-VMHardDiskDrive web -Path /nowhere/d.vhdx")]
    [InlineData("Add-VMDvdDrive: no such ISO", "Add-VMDvdDrive web -Path none.iso")]
    [InlineData("Add-VMDvdDrive: an empty path", "Add-VMDvdDrive web -Path ''")]
    [InlineData("Start-VM: memory", "Set-VM web -MemoryStartupBytes 4TB; Start-VM web")]
    [InlineData("Remove-VMSwitch: the Default Switch", "Remove-VMSwitch 'Default Switch' -Force")]
    [InlineData("Enable-VMTPM: no key protector", "New-VM two -Generation 2 | Out-Null; Enable-VMTPM two")]
    [InlineData("Set-VMFirmware: the template after the TPM was used", "New-VM two -Generation 2 | Out-Null; Set-VMKeyProtector two -NewLocalKeyProtector; Enable-VMTPM two; Start-VM two; Stop-VM two -TurnOff; Set-VMFirmware two -SecureBootTemplate MicrosoftUEFICertificateAuthority")]
    [InlineData("Remove-VMSwitch: in use", "New-VMSwitch lab -SwitchType Private | Out-Null; New-VM two -SwitchName lab | Start-VM; Remove-VMSwitch lab -Force")]
    public void WhatAMachineRefuses(string row, string script)
    {
        _session.RunWell("New-VM web -MemoryStartupBytes 64MB");
        AssertFails(row, script);
    }

    [Theory]
    [InlineData("Set-VM web -MemoryStartupBytes 1000TB", "InvalidParameter", "SetVM", ErrorCategory.InvalidArgument)]
    [InlineData("Save-VM web", "InvalidState", "SaveVM", ErrorCategory.InvalidOperation)]
    [InlineData("Copy-VMFile web -SourcePath a -DestinationPath b -FileSource Host", "NotSupportedByStandIn", "CopyVMFile", ErrorCategory.NotImplemented)]
    [InlineData("Start-VM web -AsJob", "NotSupportedByStandIn", "StartVM", ErrorCategory.NotImplemented)]
    public void WhatAMachineRefusesByThePattern(string script, string identifier, string command, ErrorCategory category)
    {
        _session.RunWell("New-VM web -MemoryStartupBytes 64MB");
        _session.Fails(script, $"{identifier},Microsoft.HyperV.PowerShell.Commands.{command}", category);
    }

    [Theory]
    [InlineData("Start-VM: no hypervisor", "hypervisor", "Start-VM web")]
    [InlineData("Start-VM: a component is missing", "component", "Start-VM web")]
    [InlineData("Start-VM: memory, the other way", "resources", "Start-VM web")]
    [InlineData("New-VHD: the file system's limit", "file-system", "New-VHD d.vhdx -SizeBytes 64MB")]
    [InlineData("Get-VM: the service is not installed", "service", "Get-VM")]
    [InlineData("Get-VM: the management service is stopped", "vmms", "Get-VM")]
    [InlineData("Get-VMSwitch: the management service is stopped", "vmms", "Get-VMSwitch")]
    [InlineData("Get-VMNetworkAdapter: the management service is stopped", "vmms", "Get-VMNetworkAdapter -All")]
    [InlineData("Stop-VM: the management service is stopped", "vmms", "$vm | Stop-VM -TurnOff")]
    public void WhatABrokenHostSays(string row, string part, string script)
    {
        _session.RunWell("$vm = New-VM web");
        Environment.SetEnvironmentVariable(Breakdown.Variable, part);
        AssertFails(row, script);
    }

    [Fact]
    public void WithoutTheManagementServiceNamesAreMissedToo()
    {
        _session.RunWell("New-VM web");
        Environment.SetEnvironmentVariable(Breakdown.Variable, "vmms");
        _session.Run("Get-VM web");
        Assert.Equal(2, _session.Errors.Count);
        ErrorRow.All["Get-VM: the management service is stopped"].AssertIs(_session.Errors[0]);
        ErrorRow.All["Get-VM: no such name"].AssertIs(_session.Errors[1]);
    }

    [Theory]
    [InlineData("Add-VMDvdDrive: no rights on the ISO", "Add-VMDvdDrive web -Path x.iso")]
    [InlineData("Set-VMDvdDrive: no rights on the ISO", "Set-VMDvdDrive web -Path x.iso")]
    [InlineData("Start-VM: no rights on a file", "Start-VM web")]
    public void WhatAFileWithoutRightsDoes(string row, string script)
    {
        File.WriteAllText(_session["x.iso"], "x");
        File.WriteAllText(_session["boot.iso"], "x");
        _session.RunWell("New-VM web -Generation 2; Add-VMDvdDrive web -Path boot.iso");
        Environment.SetEnvironmentVariable(FileRights.Variable, "*.iso");
        AssertFails(row, script);
    }

    [Theory]
    [InlineData("New-VHD: the file exists", "New-VHD d.vhdx -SizeBytes 64MB")]
    [InlineData("New-VHD: no whole sectors", "New-VHD new.vhdx -SizeBytes 2000000000")]
    [InlineData("New-VHD: no whole sectors", "New-VHD new.vhdx -SizeBytes 5000000")]
    [InlineData("New-VHD: below 3 MB", "New-VHD new.vhdx -SizeBytes 1MB")]
    [InlineData("Get-VHD: no disk", "Get-VHD text.vhdx")]
    [InlineData("Get-VHD: no disk", "Get-VHD none.vhdx")]
    [InlineData("Get-VHD: damaged", "Get-VHD damaged.vhdx")]
    [InlineData("Get-VHD: another host uses it", "New-VM web -ComputerName hv02 -VHDPath d.vhdx | Start-VM; Get-VHD d.vhdx")]
    [InlineData("Mount-VHD: the disk is in use", "Mount-VHD d.vhdx; Mount-VHD d.vhdx")]
    [InlineData("Resize-VHD: a VHD only grows", "New-VHD new.vhd -SizeBytes 64MB | Resize-VHD -SizeBytes 32MB")]
    [InlineData("Resize-VHD: below MinimumSize", "Resize-VHD d.vhdx -SizeBytes 32MB")]
    [InlineData("Resize-VHD: a running machine's disk", "New-VM web -VHDPath d.vhdx | Start-VM; Resize-VHD d.vhdx -SizeBytes 128MB")]
    [InlineData("Add-VMHardDiskDrive: on the machine already", "New-VM web -VHDPath d.vhdx | Add-VMHardDiskDrive -Path d.vhdx")]
    public void WhatADiskRefuses(string row, string script)
    {
        Environment.SetEnvironmentVariable(VirtualizationHost.HostsVariable, "hv02");
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; New-VHD damaged.vhdx -SizeBytes 64MB");
        File.WriteAllText(_session["text.vhdx"], "text");
        using (var damaged = new FileStream(_session["damaged.vhdx"], FileMode.Open))
        {
            damaged.Position = 64 << 10;
            damaged.Write(new byte[128 << 10]);
        }

        AssertFails(row, script);
    }

    [Fact]
    [Covers("Start-VM: a file is locked")]
    public void ALockedIsoFailsAtTheStart()
    {
        var iso = _session["x.iso"];
        File.WriteAllText(iso, "x");
        _session.RunWell("New-VM web -Generation 2; Add-VMDvdDrive web -Path x.iso");
        using var held = new FileStream(iso, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var error = AssertFails("Start-VM: a file is locked", "Start-VM web");
        Assert.Contains("Synthetic SCSI Controller", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains($"Attachment '{iso}' failed to open because of error", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start-VM: a file is locked", "New-VM one -VHDPath d.vhdx | Start-VM; New-VM two -VHDPath d.vhdx | Start-VM")]
    [InlineData("Start-VM: a file is locked", "Mount-VHD d.vhdx; New-VM two -VHDPath d.vhdx | Start-VM")]
    public void ADiskThatIsInUseFailsAtTheStart(string row, string script)
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB");
        var error = AssertFails(row, script);
        Assert.Contains("Microsoft Emulated IDE Controller", error.Exception.Message, StringComparison.Ordinal);
        _session.Run("Stop-VM one -TurnOff; Dismount-VHD d.vhdx");
        _session.RunWell("Start-VM two");
    }

    [Fact]
    [Covers("a failed operation is told twice")]
    public void AFailedOperationIsToldTwice()
    {
        _session.RunWell("$vm = New-VM web; Set-VM web -MemoryStartupBytes 4TB");
        var layers = _session.Fails("Start-VM web").Exception.Message.Split("\n\n");
        var id = $"(Virtual machine ID {_session.One<Guid>("$vm.Id").ToString().ToUpperInvariant()})";
        Assert.Equal("'web' failed to start.", layers[0]);
        Assert.Contains($"'web' failed to start. {id}", layers);
        Assert.EndsWith($"(0x8007000E) {id}", layers[^1], StringComparison.Ordinal);
    }

    [Fact]
    [Covers("Stop-VM: no contact, nobody to ask")]
    public void AStopWithoutContactAsksEvenWhenConfirmationIsOff()
    {
        Environment.SetEnvironmentVariable(GuestBehavior.Variable, GuestBehavior.NoContact);
        _session.RunWell("New-VM web; Start-VM web");
        AssertFails("Stop-VM: no contact, nobody to ask", "Stop-VM web -Confirm:$false");
        Assert.Equal("Running", _session.One<string>("(Get-VM web).State"));
        _session.RunWell("Stop-VM web -Force");
        Assert.Equal("Off", _session.One<string>("(Get-VM web).State"));
    }

    [Fact]
    [Covers("Stop-VM: no contact, answered No")]
    public void AnAnswerOfNoLeavesTheMachineRunning()
    {
        Environment.SetEnvironmentVariable(GuestBehavior.Variable, GuestBehavior.NoContact);
        _session.RunWell("New-VM web; Start-VM web");
        Assert.Contains("the Shutdown integration service is unavailable", Assert.Single(_session.RunAnswering(No, "Stop-VM web -Confirm:$false")), StringComparison.Ordinal);
        Assert.Equal("Running", _session.One<string>("(Get-VM web).State"));
        Assert.Single(_session.RunAnswering(Yes, "Stop-VM web"));
        Assert.Equal("Off", _session.One<string>("(Get-VM web).State"));
    }

    [Fact]
    [Covers("Stop-VM: the guest does not comply")]
    public void AGuestThatDoesNotComplyGoesOnUnlessItIsForced()
    {
        Environment.SetEnvironmentVariable(GuestBehavior.Variable, GuestBehavior.Stubborn);
        Environment.SetEnvironmentVariable(ShutdownPatience.Variable, "100");
        _session.RunWell("New-VM web; Start-VM web");
        AssertFails("Stop-VM: the guest does not comply", "Stop-VM web");
        Assert.Equal("Running", _session.One<string>("(Get-VM web).State"));
        AssertFails("Stop-VM: the guest does not comply", "Stop-VM web -Force");
        Assert.Equal("Off", _session.One<string>("(Get-VM web).State"));
    }

    [Fact]
    [Covers("Stop-VM: the guest is locked")]
    public void ALockedGuestShutsDownOnlyWhenItIsForced()
    {
        Environment.SetEnvironmentVariable(GuestBehavior.Variable, GuestBehavior.Locked);
        _session.RunWell("New-VM web; Start-VM web");
        AssertFails("Stop-VM: the guest is locked", "Stop-VM web");
        Assert.Equal("Running", _session.One<string>("(Get-VM web).State"));
        _session.RunWell("Stop-VM web -Force");
        Assert.Equal("Off", _session.One<string>("(Get-VM web).State"));
    }

    [Fact]
    public void AGuestThatWasJustResetIsSaidToAnswerAndDoesNot()
    {
        Environment.SetEnvironmentVariable(GuestBehavior.Variable, GuestBehavior.JustReset);
        _session.RunWell("New-VM web; Start-VM web");
        Assert.Equal("Ok", _session.One<string>("(Get-VMIntegrationService web -Name Shutdown).PrimaryOperationalStatus"));
        Assert.Single(_session.RunAnswering(No, "Stop-VM web"));
        Assert.Equal("Running", _session.One<string>("(Get-VM web).State"));
    }

    [Fact]
    public void AMachineWhoseGuestStillShutsDownIsNotTurnedOff()
    {
        Environment.SetEnvironmentVariable(GuestBehavior.Variable, GuestBehavior.Stubborn);
        Environment.SetEnvironmentVariable(ShutdownPatience.Variable, "100");
        Environment.SetEnvironmentVariable(GuestBehavior.StoppingVariable, "600000");
        _session.RunWell("New-VM web; Start-VM web");
        _session.RunWell("Stop-VM web -ErrorAction SilentlyContinue");
        _session.Fails("Stop-VM web -TurnOff", "InvalidState,Microsoft.HyperV.PowerShell.Commands.StopVM", ErrorCategory.InvalidOperation);
        Environment.SetEnvironmentVariable(GuestBehavior.StoppingVariable, null);
        _session.RunWell("Stop-VM web -TurnOff");
    }

    [Fact]
    public void ASlowGuestIsWaitedFor()
    {
        Environment.SetEnvironmentVariable(GuestBehavior.Variable, GuestBehavior.Slow);
        _session.RunWell("New-VM web; Start-VM web; Stop-VM web");
        Assert.Equal("Off", _session.One<string>("(Get-VM web).State"));
    }

    [Theory]
    [InlineData("Get-VM")]
    [InlineData("New-VM web")]
    [InlineData("Get-VMSwitch")]
    [InlineData("New-VHD d.vhdx -SizeBytes 64MB")]
    public void WhoHasNoRightsIsToldSoForEverything(string script)
    {
        Environment.SetEnvironmentVariable(Permissions.DenyVariable, "*");
        var row = ErrorRow.All["Get-VM: no rights"];
        (row with { Command = null }).AssertIs(_session.Fails(script));
    }

    [Fact]
    [Covers("Get-VM: no rights")]
    public void WhoHasNoRightsSeesNoMachines()
    {
        Environment.SetEnvironmentVariable(Permissions.DenyVariable, "*");
        AssertFails("Get-VM: no rights", "Get-VM");
    }

    [Fact]
    [Covers("the module is missing")]
    [Covers("Import-Module: the module is missing")]
    public void WithoutTheModuleThereAreNoCmdlets()
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var without = PowerShell.Create(runspace);
        without.AddScript("Get-VM").Invoke();
        ErrorRow.All["the module is missing"].AssertIs(Assert.Single(without.Streams.Error));
        without.Streams.ClearStreams();
        without.Commands.Clear();
        without.AddScript("$path = $env:PSModulePath; $env:PSModulePath = ''; Import-Module Hyper-V; $env:PSModulePath = $path").Invoke();
        ErrorRow.All["Import-Module: the module is missing"].AssertIs(Assert.Single(without.Streams.Error));
    }

    [Fact]
    [Covers("Get-VM: another module's comes first")]
    public void TheQualifiedNameIsTheModules()
    {
        _session.RunWell("New-VM web; function Get-VM { 'VMware' }");
        Assert.Equal("VMware web", _session.One<string>("\"$(Get-VM) $((Hyper-V\\Get-VM).Name)\""));
    }

    [Fact]
    [Covers("errors are VirtualizationExceptions")]
    [Covers("errors have no target")]
    public void AnErrorHasHyperVsException()
    {
        var error = _session.Fails("Start-VM none");
        var exception = Assert.IsType<VirtualizationException>(error.Exception);
        Assert.Equal("ObjectNotFound", exception.ErrorIdentifier);
        Assert.Equal(ErrorCategory.ObjectNotFound, exception.ErrorCategory);
        Assert.Equal("Hyper-V was unable to find a virtual machine with name \"none\".", exception.Message);
        Assert.Null(error.TargetObject);
        Assert.Equal("none", _session.Fails("Get-VM none").TargetObject);
    }

    [Fact]
    [Covers("errors are not terminating")]
    public void ErrorActionStopStopsAndNothingElseDoes()
    {
        Assert.Equal("on", _session.Run("Start-VM none; 'on'")[0].ToString());
        var exception = Assert.Throws<ActionPreferenceStopException>(() => _session.Run("Start-VM none -ErrorAction Stop"));
        Assert.IsType<VirtualizationException>(exception.ErrorRecord.Exception);
    }

    private ErrorRecord AssertFails(string row, string script)
    {
        var error = _session.Fails(script);
        ErrorRow.All[row].AssertIs(error);
        return error;
    }
}
