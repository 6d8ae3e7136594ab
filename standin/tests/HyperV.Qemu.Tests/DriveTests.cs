using System;
using System.IO;
using System.Management.Automation;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Testing;
using HyperV.Qemu.Tests.Contract;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>Drives and cables, also those of machines that are on.</summary>
public sealed class DriveTests : IDisposable
{
    private const string Commands = "Microsoft.HyperV.PowerShell.Commands.";

    private readonly StandInSession _session = new();

    public DriveTests()
    {
        // 40 KB, and nothing but volume descriptors.
        var iso = new byte[40 << 10];
        byte[] name = [.. "CD001"u8, 1];
        byte[] primary = [1, .. name];
        byte[] last = [byte.MaxValue, .. name];
        primary.CopyTo(iso.AsSpan(32 << 10));
        last.CopyTo(iso.AsSpan(34 << 10));
        File.WriteAllBytes(_session["x.iso"], iso);
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; $one = New-VM one -Generation 1; $two = New-VM two -Generation 2; Add-VMDvdDrive two; Add-VMScsiController one");
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    [Covers("a relative ISO path becomes absolute")]
    [Covers("an ISO of volume descriptors attaches")]
    public void AnIsoIsKeptByItsAbsolutePath()
    {
        _session.RunWell("Set-VMDvdDrive two -Path x.iso");
        Assert.Equal($"{_session.Folder}/x.iso ISO", _session.One<string>("$d = Get-VMDvdDrive two; \"$($d.Path) $($d.DvdMediaType)\""));
        _session.RunWell("Start-VM two");
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public void ADvdIsInsertedAndEjectedWhileTheMachineIsOn(string name)
    {
        _session.RunWell($"Start-VM {name}; Set-VMDvdDrive {name} -Path x.iso");
        Assert.EndsWith("x.iso", _session.One<string>($"(Get-VMDvdDrive {name}).Path"), StringComparison.Ordinal);
        _session.RunWell($"Get-VMDvdDrive {name} | Set-VMDvdDrive -Path $null");
        Assert.Equal("None", _session.One<string>($"(Get-VMDvdDrive {name}).DvdMediaType"));
        _session.Fails($"Set-VMDvdDrive {name} -Path none.iso", $"Unspecified,{Commands}SetVMDvdDrive", ErrorCategory.NotSpecified);
    }

    [Theory]
    [InlineData("one -ControllerType SCSI")]
    [InlineData("two")]
    public void ADiskOnSCSIComesAndGoesWhileTheMachineIsOn(string machine)
    {
        var name = machine[..3];
        _session.RunWell($"Start-VM {name}; Add-VMHardDiskDrive {machine} -Path d.vhdx");
        Assert.True(_session.One<bool>("(Get-VHD d.vhdx).Attached"));
        _session.Fails("New-VM three -VHDPath d.vhdx | Start-VM", $"Unspecified,{Commands}StartVM", ErrorCategory.NotSpecified);
        _session.RunWell($"Get-VMHardDiskDrive {name} | Remove-VMHardDiskDrive; Start-VM three");
        _session.Fails($"Add-VMHardDiskDrive {machine} -Path d.vhdx", $"Unspecified,{Commands}AddVMHardDiskDrive", ErrorCategory.NotSpecified);
        Assert.Empty(_session.Run($"Get-VMHardDiskDrive {name}"));
    }

    [Fact]
    public void ADiskMovesToAnotherPlaceWhileTheMachineIsOn()
    {
        _session.RunWell("Add-VMHardDiskDrive two -Path d.vhdx; Start-VM two; Get-VMHardDiskDrive two | Set-VMHardDiskDrive -ToControllerLocation 9");
        Assert.Equal("9", _session.One<string>("(Get-VMHardDiskDrive two).ControllerLocation"));
        _session.RunWell("New-VHD e.vhdx -SizeBytes 64MB; Set-VMHardDiskDrive two -ControllerLocation 9 -Path e.vhdx; New-VM three -VHDPath d.vhdx; Start-VM three");
    }

    [Theory]
    [InlineData("Add-VMHardDiskDrive one -ControllerType IDE -ControllerNumber 0 -Path d.vhdx", "AddVMHardDiskDrive")]
    [InlineData("Add-VMDvdDrive one", "AddVMDvdDrive")]
    [InlineData("Get-VMDvdDrive one | Remove-VMDvdDrive", "RemoveVMDvdDrive")]
    [InlineData("Get-VMDvdDrive one | Set-VMDvdDrive -ToControllerLocation 1", "SetVMDvdDrive")]
    public void ADriveOnIDEStaysWhileTheMachineIsOn(string script, string command)
    {
        _session.RunWell("Start-VM one; $drives = @($one.DVDDrives) + @($one.HardDrives)");
        _session.Fails(script, $"InvalidState,{Commands}{command}", ErrorCategory.InvalidOperation);
        Assert.Equal("1 0 IDE 1 0", _session.One<string>("$d = $one.DVDDrives; \"$($d.Count) $($one.HardDrives.Count) $($d[0].ControllerType) $($d[0].ControllerNumber) $($d[0].ControllerLocation)\""));
    }

    [Fact]
    public void DrivesOfASavedMachineStay()
    {
        _session.RunWell("Start-VM two; Save-VM two");
        _session.Fails("Add-VMHardDiskDrive two -Path d.vhdx", $"InvalidState,{Commands}AddVMHardDiskDrive", ErrorCategory.InvalidOperation);
        _session.Fails("Set-VMDvdDrive two -Path x.iso", $"InvalidState,{Commands}SetVMDvdDrive", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public void AnAdapterChangesItsSwitchWhileTheMachineIsOn()
    {
        _session.RunWell("New-VMSwitch lab -SwitchType Private; Start-VM two; Connect-VMNetworkAdapter two -SwitchName lab");
        Assert.Equal("lab", _session.One<string>("$two.NetworkAdapters[0].SwitchName"));
        _session.Fails("Remove-VMSwitch lab -Force");
        _session.RunWell("Disconnect-VMNetworkAdapter two; Remove-VMSwitch lab -Force");
        Assert.Equal("False", _session.One<string>("$two.NetworkAdapters[0].Connected"));
    }

    [Theory]
    [InlineData("Add-VMHardDiskDrive two -Path old.vhd", "AddVMHardDiskDrive")]
    [InlineData("Add-VMHardDiskDrive two -Path d.vhdx; Get-VMHardDiskDrive two | Set-VMHardDiskDrive -Path old.vhd", "SetVMHardDiskDrive")]
    [InlineData("New-VM three -Generation 2 -VHDPath old.vhd", "NewVM")]
    [InlineData("New-VM three -Generation 2 -NewVHDPath new.vhd -NewVHDSizeBytes 64MB", "NewVM")]
    public void Generation2HasNoVHD(string script, string command)
    {
        _session.RunWell("New-VHD old.vhd -SizeBytes 64MB; Add-VMHardDiskDrive one -Path old.vhd");
        _session.Fails(script, $"InvalidParameter,{Commands}{command}", ErrorCategory.InvalidArgument);
        Assert.False(File.Exists(_session["new.vhd"]));
    }

    [Theory]
    [InlineData("Add-VMDvdDrive two -Path x.img", "AddVMDvdDrive")]
    [InlineData("Set-VMDvdDrive two -Path x.img", "SetVMDvdDrive")]
    public void WhatIsNotCalledAnIsoIsNone(string script, string command)
    {
        File.Copy(_session["x.iso"], _session["x.img"]);
        _session.Fails(script, $"InvalidParameter,{Commands}{command}", ErrorCategory.InvalidArgument);
        File.Move(_session["x.img"], _session["y.ISO"]);
        _session.RunWell(script.Replace("x.img", "y.ISO", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Add-VMDvdDrive two -Path share/x.iso", "AddVMDvdDrive")]
    [InlineData("Set-VMDvdDrive two -Path share/x.iso", "SetVMDvdDrive")]
    [InlineData("Add-VMHardDiskDrive two -Path share/d.vhdx", "AddVMHardDiskDrive")]
    public void SharesAreOutOfReachUnlessTheHostHasRights(string script, string command)
    {
        File.CreateSymbolicLink(_session["share"], "/" + _session.Folder);
        Assert.Contains("(0x80070043)", _session.Fails(script, $"OperationFailed,{Commands}{command}", ErrorCategory.NotSpecified).Exception.Message, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(HostReach.Variable, $"/{_session.Folder}/*");
        _session.RunWell(script);
    }

    [Fact]
    public void ADiskThatTheFileSystemCompressesIsNotAttachedAndDoesNotStart()
    {
        _session.RunWell("New-VHD e.vhdx -SizeBytes 64MB; Add-VMHardDiskDrive two -Path e.vhdx");
        Environment.SetEnvironmentVariable(FileStorage.Variable, "*/[de].vhdx");
        var attached = _session.Fails("Add-VMHardDiskDrive two -Path d.vhdx", $"OperationFailed,{Commands}AddVMHardDiskDrive", ErrorCategory.NotSpecified);
        var started = _session.Fails("Start-VM two", $"Unspecified,{Commands}StartVM", ErrorCategory.NotSpecified);
        Assert.All([attached, started], error => Assert.Contains("(0xC03A001A)", error.Exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void AShareHasNoDisks()
    {
        File.CreateSymbolicLink(_session["share"], "/" + _session.Folder);
        _session.Fails("New-VHD share/e.vhdx -SizeBytes 64MB", "OperationFailed,Microsoft.Vhd.PowerShell.Cmdlets.NewVhd", ErrorCategory.NotSpecified);
        _session.Fails("Get-VHD share/d.vhdx", "InvalidParameter,Microsoft.Vhd.PowerShell.Cmdlets.GetVHD", ErrorCategory.InvalidArgument);
    }

    [Theory]
    [InlineData("Add-VMDvdDrive two -Path link.iso", "AddVMDvdDrive")]
    [InlineData("Add-VMHardDiskDrive two -Path link.vhdx", "AddVMHardDiskDrive")]
    public void ALinkIsNotFollowed(string script, string command)
    {
        File.CreateSymbolicLink(_session["link.iso"], _session["x.iso"]);
        File.CreateSymbolicLink(_session["link.vhdx"], _session["d.vhdx"]);
        _session.Fails(script, $"AccessDenied,{Commands}{command}", ErrorCategory.PermissionDenied);
    }

    [Theory]
    [InlineData("Set-VMDvdDrive two -ControllerLocation 5 -Path x.iso", "SetVMDvdDrive")]
    [InlineData("Remove-VMDvdDrive two -ControllerNumber 0 -ControllerLocation 5", "RemoveVMDvdDrive")]
    [InlineData("Remove-VMHardDiskDrive two -ControllerType SCSI -ControllerNumber 0 -ControllerLocation 0", "RemoveVMHardDiskDrive")]
    public void ADriveThatIsNotThereIsAnError(string script, string command)
        => _session.Fails(script, $"ObjectNotFound,{Commands}{command}", ErrorCategory.ObjectNotFound);
}
