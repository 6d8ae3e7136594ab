using System;
using System.Management.Automation;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Tests.Hosting;
using Xunit;

namespace HyperV.Qemu.Tests;

public sealed class HostTests : IDisposable
{
    private readonly StandInSession _session = new();

    public HostTests() => Environment.SetEnvironmentVariable(VirtualizationHost.HostsVariable, "hv02;hv03");

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Another_host_has_its_own_machines()
    {
        _session.Do("$vm = New-VM web -ComputerName hv02");
        Assert.Equal("HV02", _session.One<string>("$vm.ComputerName"));
        Assert.Empty(_session.Run("Get-VM"));
        Assert.Equal("web", _session.One<string>("(Get-VM -ComputerName hv02).Name"));
        _session.Do("$vm | Start-VM");
        Assert.Equal("Running", _session.One<string>("(Get-VM web -ComputerName localhost, hv02 -ErrorAction SilentlyContinue).State"));
    }

    [Fact]
    public void A_machine_moves_while_it_runs()
    {
        _session.Do("New-VHD d.vhdx -SizeBytes 64MB; New-VM web -VHDPath d.vhdx -MemoryStartupBytes 64MB; Start-VM web");
        var moved = _session.One<string>("$vm = Move-VM web hv02 -DestinationStoragePath there -Passthru; \"$($vm.ComputerName) $($vm.State) $($vm.HardDrives[0].Path)\"");
        Assert.Equal($"HV02 Running {_session.Folder}/there/d.vhdx", moved);
        Assert.Empty(_session.Run("Get-VM"));
    }

    [Fact]
    public void A_machine_travels_by_export_and_import()
    {
        _session.Do("New-VHD d.vhdx -SizeBytes 64MB; $vm = New-VM web -VHDPath d.vhdx; Export-VM web -Path out");
        _session.Fails("Import-VM \"out/web/Virtual Machines/$($vm.Id.ToString().ToUpper()).vmcx\"");
        var copy = _session.One<string>(
            "$new = Import-VM \"out/web/Virtual Machines/$($vm.Id.ToString().ToUpper()).vmcx\" -Copy -GenerateNewId -VhdDestinationPath copies; \"$($new.Name) $($new.Id -ne $vm.Id) $($new.HardDrives[0].Path)\"");
        Assert.Equal($"web True {_session.Folder}/copies/d.vhdx", copy);
    }

    [Theory]
    [InlineData("Get-VM")]
    [InlineData("New-VM web")]
    [InlineData("Get-VMSwitch")]
    [InlineData("New-VHD d.vhdx -SizeBytes 64MB")]
    public void Who_has_no_rights_is_told_so_for_everything(string script)
    {
        Environment.SetEnvironmentVariable(Permissions.DenyVariable, "*");
        var error = _session.Fails(script);
        Assert.StartsWith("Unspecified,Microsoft.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.NotSpecified, error.CategoryInfo.Category);
        Assert.StartsWith("You do not have the required permission to complete this task.", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rights_are_a_hosts_own()
    {
        Environment.SetEnvironmentVariable(Permissions.DenyVariable, "hv02");
        _session.Do("New-VM web; New-VM web -ComputerName hv03");
        _session.Fails("New-VM web -ComputerName hv02", "Unspecified,Microsoft.HyperV.PowerShell.Commands.NewVM", ErrorCategory.NotSpecified);
    }

    [Fact]
    public void A_credential_can_be_refused()
    {
        Environment.SetEnvironmentVariable(Permissions.RefuseVariable, "mallory");
        _session.Do("function Login($name) { [pscredential]::new($name, [securestring]::new()) }; Get-VM -ComputerName hv02 -Credential (Login alice)");
        _session.Fails("Get-VM -ComputerName hv02 -Credential (Login mallory)", "AccessDenied,Microsoft.HyperV.PowerShell.Commands.GetVM", ErrorCategory.PermissionDenied);
    }
}
