using System;
using System.IO;
using System.Management.Automation;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Tests.Hosting;
using Microsoft.HyperV.PowerShell;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>The errors that were seen on Hyper-V or are documented, by id and category.</summary>
public sealed class ErrorTests : IDisposable
{
    private const string Commands = "Microsoft.HyperV.PowerShell.Commands.";
    private const string DiskCommands = "Microsoft.Vhd.PowerShell.Cmdlets.";

    private readonly StandInSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Get-VM none", "InvalidParameter", "GetVM", ErrorCategory.InvalidArgument)]
    [InlineData("Start-VM none", "ObjectNotFound", "StartVM", ErrorCategory.ObjectNotFound)]
    [InlineData("Stop-VM none", "ObjectNotFound", "StopVM", ErrorCategory.ObjectNotFound)]
    [InlineData("Set-VM none -Notes x", "ObjectNotFound", "SetVM", ErrorCategory.ObjectNotFound)]
    [InlineData("Set-VMMemory none -StartupBytes 1GB", "ObjectNotFound", "SetVMMemory", ErrorCategory.ObjectNotFound)]
    [InlineData("Set-VMFirmware none -EnableSecureBoot Off", "ObjectNotFound", "SetVMFirmware", ErrorCategory.ObjectNotFound)]
    [InlineData("Remove-VM none -Force", "ObjectNotFound", "RemoveVM", ErrorCategory.ObjectNotFound)]
    [InlineData("New-VM web -SwitchName none", "InvalidParameter", "NewVM", ErrorCategory.InvalidArgument)]
    [InlineData("Get-VMSwitch -Id 00000000-0000-0000-0000-000000000001", "ObjectNotFound", "GetVMSwitch", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-VMSwitch none", "InvalidParameter", "GetVMSwitch", ErrorCategory.InvalidArgument)]
    [InlineData("New-VM web | Out-Null; Connect-VMNetworkAdapter web -Name none -SwitchName 'Default Switch'", "ObjectNotFound", "ConnectVMNetworkAdapter", ErrorCategory.ObjectNotFound)]
    [InlineData("New-VM web -VHDPath none.vhdx", "Unspecified", "NewVM", ErrorCategory.NotSpecified)]
    [InlineData("New-VM web -Path /proc/none", "ObjectNotFound", "NewVM", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-VM -ComputerName none", "InvalidParameter", "GetVM", ErrorCategory.InvalidArgument)]
    public void What_is_not_there(string script, string identifier, string command, ErrorCategory category)
        => _session.Fails(script, $"{identifier},{Commands}{command}", category);

    [Theory]
    [InlineData("Start-VM web; Remove-VM web -Force", "InvalidState", "RemoveVM", ErrorCategory.InvalidOperation)]
    [InlineData("Start-VM web; Set-VM web -ProcessorCount 1", "InvalidState", "SetVM", ErrorCategory.InvalidOperation)]
    [InlineData("Start-VM web; Set-VMMemory web -StartupBytes 1GB", "InvalidState", "SetVMMemory", ErrorCategory.InvalidOperation)]
    [InlineData("Start-VM web; Set-VMProcessor web -Count 1", "InvalidState", "SetVMProcessor", ErrorCategory.InvalidOperation)]
    [InlineData("Set-VMFirmware web -EnableSecureBoot Off", "InvalidParameter", "SetVMFirmware", ErrorCategory.InvalidArgument)]
    [InlineData("Get-VMFirmware web", "InvalidParameter", "GetVMFirmware", ErrorCategory.InvalidArgument)]
    [InlineData("New-VM two -Generation 2 -BootDevice IDE", "InvalidParameter", "NewVM", ErrorCategory.InvalidArgument)]
    [InlineData("Add-VMDvdDrive web -Path none.iso", "Unspecified", "AddVMDvdDrive", ErrorCategory.NotSpecified)]
    [InlineData("Set-VM web -MemoryStartupBytes 1000TB; Start-VM web", "InvalidParameter", "SetVM", ErrorCategory.InvalidArgument)]
    [InlineData("Set-VM web -MemoryStartupBytes 4TB; Start-VM web", "OutOfMemory", "StartVM", ErrorCategory.FromStdErr)]
    [InlineData("Remove-VMSwitch 'Default Switch' -Force", "InvalidParameter", "RemoveVMSwitch", ErrorCategory.InvalidArgument)]
    [InlineData("New-VM two -Generation 2 | Out-Null; Enable-VMTPM two", "OperationFailed", "EnableVMTPM", ErrorCategory.NotSpecified)]
    [InlineData("Save-VM web", "InvalidState", "SaveVM", ErrorCategory.InvalidOperation)]
    [InlineData("Copy-VMFile web -SourcePath a -DestinationPath b -FileSource Host", "NotSupportedByStandIn", "CopyVMFile", ErrorCategory.NotImplemented)]
    [InlineData("Start-VM web -AsJob", "NotSupportedByStandIn", "StartVM", ErrorCategory.NotImplemented)]
    public void What_a_machine_refuses(string script, string identifier, string command, ErrorCategory category)
    {
        _session.Do("New-VM web -MemoryStartupBytes 64MB");
        _session.Fails(script, $"{identifier},{Commands}{command}", category);
    }

    [Theory]
    [InlineData("New-VHD d.vhdx -SizeBytes 64MB", "OperationFailed", "NewVhd", ErrorCategory.NotSpecified)]
    [InlineData("New-VHD new.vhdx -SizeBytes 2000000000", "InvalidParameter", "NewVhd", ErrorCategory.InvalidArgument)]
    [InlineData("New-VHD new.vhdx -SizeBytes 1MB", "InvalidParameter", "NewVhd", ErrorCategory.InvalidArgument)]
    [InlineData("Get-VHD text.vhdx", "InvalidParameter", "GetVHD", ErrorCategory.InvalidArgument)]
    [InlineData("Get-VHD none.vhdx", "InvalidParameter", "GetVHD", ErrorCategory.InvalidArgument)]
    [InlineData("Get-VHD damaged.vhdx", "OperationFailed", "GetVHD", ErrorCategory.NotSpecified)]
    [InlineData("New-VHD new.vhd -SizeBytes 64MB | Resize-VHD -SizeBytes 32MB", "InvalidParameter", "ResizeVHD", ErrorCategory.InvalidArgument)]
    public void What_a_disk_refuses(string script, string identifier, string command, ErrorCategory category)
    {
        _session.Do("New-VHD d.vhdx -SizeBytes 64MB; New-VHD damaged.vhdx -SizeBytes 64MB");
        File.WriteAllText(Path.Combine(_session.Folder, "text.vhdx"), "text");
        using (var damaged = new FileStream(Path.Combine(_session.Folder, "damaged.vhdx"), FileMode.Open))
        {
            damaged.Position = 64 << 10;
            damaged.Write(new byte[128 << 10]);
        }

        _session.Fails(script, $"{identifier},{DiskCommands}{command}", category);
    }

    [Fact]
    public void A_disk_is_not_attached_to_a_machine_twice()
    {
        _session.Do("New-VHD d.vhdx -SizeBytes 64MB; New-VM web -VHDPath d.vhdx");
        var error = _session.Fails("Add-VMHardDiskDrive web -Path d.vhdx", $"InvalidParameter,{Commands}AddVMHardDiskDrive", ErrorCategory.InvalidArgument);
        Assert.Contains("The disk is already connected to the virtual machine 'web'.", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_locked_iso_fails_at_the_start()
    {
        var iso = Path.Combine(_session.Folder, "x.iso");
        File.WriteAllText(iso, "x");
        _session.Do("New-VM web -Generation 2; Add-VMDvdDrive web -Path x.iso");
        using var held = new FileStream(iso, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var message = _session.Fails("Start-VM web", $"Unspecified,{Commands}StartVM", ErrorCategory.NotSpecified).Exception.Message;
        Assert.Contains("'web' failed to start.", message, StringComparison.Ordinal);
        Assert.Contains("Synthetic SCSI Controller", message, StringComparison.Ordinal);
        Assert.Contains($"Attachment '{iso}' failed to open because of error: 'The process cannot access the file because it is being used by another process.'", message, StringComparison.Ordinal);
        Assert.Contains("(0x80070020)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_a_running_machine_uses_fails_at_the_start()
    {
        _session.Do("New-VHD d.vhdx -SizeBytes 64MB; New-VM one -VHDPath d.vhdx; New-VM two -VHDPath d.vhdx; Start-VM one");
        _session.Fails("Start-VM two", $"Unspecified,{Commands}StartVM", ErrorCategory.NotSpecified);
        _session.Do("Stop-VM one -TurnOff; Start-VM two");
    }

    [Fact]
    public void A_switch_in_use_is_not_removed()
    {
        _session.Do("New-VMSwitch lab -SwitchType Private; New-VM web -SwitchName lab; Start-VM web");
        _session.Fails("Remove-VMSwitch lab -Force");
        _session.Do("Stop-VM web -TurnOff; Remove-VMSwitch lab -Force");
    }

    [Fact]
    public void A_stop_without_contact_asks_even_when_confirmation_is_off()
    {
        _session.Do("New-VM web; Start-VM web");
        Environment.SetEnvironmentVariable(GuestBehavior.Variable, GuestBehavior.NoContact);
        _session.Do("Stop-VM web -TurnOff; Start-VM web");
        _session.Fails("Stop-VM web -Confirm:$false", $"InvalidOperation,{Commands}StopVM", ErrorCategory.InvalidOperation);
        Assert.Equal("Running", _session.One<string>("(Get-VM web).State"));
        _session.Do("Stop-VM web -Force");
        Assert.Equal("Off", _session.One<string>("(Get-VM web).State"));
    }

    [Fact]
    public void A_guest_that_does_not_comply_is_an_error()
    {
        Environment.SetEnvironmentVariable(GuestBehavior.Variable, GuestBehavior.Stubborn);
        _session.Do("New-VM web; Start-VM web");
        _session.Fails("Stop-VM web -Force", $"OperationFailed,{Commands}StopVM", ErrorCategory.NotSpecified);
    }

    [Fact]
    public void Removing_without_force_asks()
    {
        _session.Do("New-VM web");
        _session.Fails("Remove-VM web", $"InvalidOperation,{Commands}RemoveVM", ErrorCategory.InvalidOperation);
        Assert.Single(_session.Run("Get-VM web"));
    }

    [Fact]
    public void The_template_stays_when_the_TPM_was_used()
    {
        _session.Do("New-VM web -Generation 2; Set-VMKeyProtector web -NewLocalKeyProtector; Enable-VMTPM web; Start-VM web; Stop-VM web -TurnOff");
        _session.Fails("Set-VMFirmware web -SecureBootTemplate MicrosoftUEFICertificateAuthority", $"OperationFailed,{Commands}SetVMFirmware", ErrorCategory.NotSpecified);
    }

    [Fact]
    public void An_error_has_Hyper_Vs_exception()
    {
        var exception = Assert.IsType<VirtualizationException>(_session.Fails("Start-VM none").Exception);
        Assert.Equal("ObjectNotFound", exception.ErrorIdentifier);
        Assert.Equal(ErrorCategory.ObjectNotFound, exception.ErrorCategory);
        Assert.Equal("Hyper-V was unable to find a virtual machine with name \"none\".", exception.Message);
    }

    [Fact]
    public void ErrorAction_Stop_stops()
    {
        var exception = Assert.Throws<ActionPreferenceStopException>(() => _session.Run("Start-VM none -ErrorAction Stop"));
        Assert.IsType<VirtualizationException>(exception.ErrorRecord.Exception);
    }
}
