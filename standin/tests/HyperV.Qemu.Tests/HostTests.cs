using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Testing;
using HyperV.Qemu.Tests.Contract;
using Xunit;

namespace HyperV.Qemu.Tests;

public sealed class HostTests : IDisposable
{
    private readonly StandInSession _session = new();

    public HostTests() => Environment.SetEnvironmentVariable(VirtualizationHost.HostsVariable, "hv02;hv03");

    public void Dispose() => _session.Dispose();

    [Fact]
    public void AnotherHostHasItsOwnMachines()
    {
        _session.RunWell("$vm = New-VM web -ComputerName hv02");
        Assert.Equal("HV02", _session.One<string>("$vm.ComputerName"));
        Assert.Empty(_session.Run("Get-VM"));
        Assert.Equal("web", _session.One<string>("(Get-VM -ComputerName hv02).Name"));
        _session.RunWell("$vm | Start-VM");
        Assert.Equal("Running", _session.One<string>("(Get-VM web -ComputerName localhost, hv02 -ErrorAction SilentlyContinue).State"));
    }

    [Fact]
    public void APipelineOfHostsIsAllOfThem()
        => Assert.Equal(["HV02", "HV03"], _session.Run("'hv02', 'hv03' | Get-VMHost | ForEach-Object Name").Select(name => name.ToString()));

    [Fact]
    public void AnObjectsSessionLeadsToItsHost()
    {
        _session.RunWell("New-VM web -ComputerName hv03 -NewVHDPath d.vhdx -NewVHDSizeBytes 64MB");
        Assert.Equal("HV03", _session.One<string>("(Get-VM web -ComputerName hv03 | Get-VMHost).Name"));
        _session.RunWell("Get-VMHardDiskDrive web -ComputerName hv03 | Set-VMHardDiskDrive -ToControllerLocation 1");
        Assert.Equal("web 1", _session.One<string>("$d = Get-VMHardDiskDrive web -CimSession (Get-VMHost -ComputerName hv03).CimSession; \"$($d.VMName) $($d.ControllerLocation)\""));
    }

    [Fact]
    public void AHostsSettingsAreItsOwnAndNewMachinesFollowThem()
    {
        Directory.CreateDirectory(_session["vms"]);
        Directory.CreateDirectory(_session["disks"]);
        _session.RunWell("Set-VMHost -ComputerName hv02 -VirtualMachinePath vms -VirtualHardDiskPath disks -MacAddressMinimum 00-15-5D-AA-00-00 -MacAddressMaximum 00155DAA00FF");
        _session.RunWell("$vm = New-VM web -ComputerName hv02 -NewVHDPath d.vhdx -NewVHDSizeBytes 64MB; Start-VM -VM $vm");
        Assert.Equal($"{_session.Folder}/vms {_session.Folder}/disks/d.vhdx 00155DAA0000", _session.One<string>("\"$($vm.Path) $($vm.HardDrives[0].Path) $($vm.NetworkAdapters[0].MacAddress)\""));
        Assert.DoesNotContain("vms", _session.One<string>("(Get-VMHost).VirtualMachinePath"), StringComparison.Ordinal);
        Assert.EndsWith("/vms", _session.One<string>("(Set-VMHost -ComputerName hv03 -VirtualMachinePath vms -Passthru).VirtualMachinePath"), StringComparison.Ordinal);
        _session.Fails("Set-VMHost -VirtualMachinePath none", "InvalidParameter,Microsoft.HyperV.PowerShell.Commands.SetVMHost", ErrorCategory.InvalidArgument);
        _session.Fails("Set-VMHost -MacAddressMinimum xyz", "InvalidParameter,Microsoft.HyperV.PowerShell.Commands.SetVMHost", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void AMachineMovesWhileItRuns()
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; New-VM web -VHDPath d.vhdx -MemoryStartupBytes 64MB; Start-VM web");
        var moved = _session.One<string>("$vm = Move-VM web hv02 -DestinationStoragePath there -Passthru; \"$($vm.ComputerName) $($vm.State) $($vm.HardDrives[0].Path)\"");
        Assert.Equal($"HV02 Running {_session.Folder}/there/d.vhdx", moved);
        Assert.Empty(_session.Run("Get-VM"));
    }

    [Fact]
    public void AMachineTravelsByExportAndImport()
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; $vm = New-VM web -VHDPath d.vhdx; Export-VM web -Path out");
        _session.Fails("Import-VM \"out/web/Virtual Machines/$($vm.Id.ToString().ToUpper()).vmcx\"");
        var copy = _session.One<string>(
            "$new = Import-VM \"out/web/Virtual Machines/$($vm.Id.ToString().ToUpper()).vmcx\" -Copy -GenerateNewId -VhdDestinationPath copies; \"$($new.Name) $($new.Id -ne $vm.Id) $($new.HardDrives[0].Path)\"");
        Assert.Equal($"web True {_session.Folder}/copies/d.vhdx", copy);
    }

    [Theory]
    [InlineData("Running", "Saved")]
    [InlineData("Off", "Off")]
    public void AMachineTravelsWithItsCheckpoints(string state, string imported)
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; $vm = New-VM web -VHDPath d.vhdx; Start-VM web; Checkpoint-VM web -SnapshotName first; Stop-VM web -TurnOff; Checkpoint-VM web -SnapshotName second");
        _session.RunWell(state == "Running" ? "Start-VM web; Export-VM web -Path out" : "Export-VM web -Path out");
        Assert.Equal(state, _session.One<string>("$vm.State"));
        _session.RunWell("$new = Import-VM \"out/web/Virtual Machines/$($vm.Id.ToString().ToUpper()).vmcx\" -Copy -GenerateNewId -VhdDestinationPath copies");
        Assert.Equal($"{imported} second", _session.One<string>("\"$($new.State) $($new.ParentSnapshotName)\""));
        Assert.StartsWith($"{_session.Folder}/copies/d_", _session.One<string>("$new.HardDrives[0].Path"), StringComparison.Ordinal);
        Assert.StartsWith($"{_session.Folder}/copies/d_", _session.One<string>("(Get-VHD $new.HardDrives[0].Path).ParentPath"), StringComparison.Ordinal);
        _session.RunWell("$vm | Stop-VM -TurnOff -WarningAction SilentlyContinue; $vm | Remove-VM -Force");
        Array.ForEach(Directory.GetFiles(_session.Folder, "*.*vhdx"), File.Delete);
        _session.RunWell("Get-VMSnapshot -VM $new -Name first | Restore-VMSnapshot -Confirm:$false");
        Assert.Equal("Saved", _session.One<string>("$new.State"));
        _session.RunWell("$new | Start-VM; Get-VMSnapshot -VM $new | Remove-VMSnapshot; $new = Move-VM web hv02 -IncludeStorage -Passthru");
        Assert.Equal("Running True", _session.One<string>("\"$($new.State) $(Test-VHD $new.HardDrives[0].Path -ComputerName hv02)\""));
    }

    [Theory]
    [InlineData("Get-VM -ComputerName hv99")]
    [InlineData("New-VM two -ComputerName hv99")]
    [InlineData("Get-VMSwitch -ComputerName hv99")]
    [InlineData("Get-VMHost -ComputerName hv99")]
    [InlineData("Start-VM web -ComputerName hv99")]
    [InlineData("Move-VM web hv99")]
    public void AnUnknownHostIsAnError(string script)
    {
        _session.RunWell("New-VM web");
        (ErrorRow.All["Get-VM: no such computer"] with { Command = null }).AssertIs(_session.Fails(script));
        Assert.Equal("Off", _session.One<string>("(Get-VM).State"));
    }

    [Fact]
    public void RightsAreAHostsOwn()
    {
        Environment.SetEnvironmentVariable(Permissions.DenyVariable, "hv02");
        _session.RunWell("New-VM web; New-VM web -ComputerName hv03");
        _session.Fails("New-VM web -ComputerName hv02", "Unspecified,Microsoft.HyperV.PowerShell.Commands.NewVM", ErrorCategory.NotSpecified);
    }

    [Fact]
    public void AHostCanBeBrokenWhileOthersWork()
    {
        Environment.SetEnvironmentVariable(Breakdown.Variable, "hv02:vmms");
        _session.RunWell("New-VM web; New-VM web -ComputerName hv03");
        ErrorRow.All["Get-VM: the management service is stopped"].AssertIs(_session.Fails("Get-VM -ComputerName hv02"));
    }

    [Fact]
    public void ACredentialCanBeRefused()
    {
        Environment.SetEnvironmentVariable(Permissions.RefuseVariable, "mallory");
        _session.RunWell("function Login($name) { [pscredential]::new($name, [securestring]::new()) }; Get-VM -ComputerName hv02 -Credential (Login alice)");
        _session.Fails("Get-VM -ComputerName hv02 -Credential (Login mallory)", "AccessDenied,Microsoft.HyperV.PowerShell.Commands.GetVM", ErrorCategory.PermissionDenied);
    }
}
