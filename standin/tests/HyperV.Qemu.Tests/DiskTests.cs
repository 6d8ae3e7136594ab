using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using HyperV.Qemu.Engine;
using HyperV.Qemu.Testing;
using Xunit;

namespace HyperV.Qemu.Tests;

public sealed class DiskTests : IDisposable
{
    private const int SigStop = 19;

    private readonly StandInSession _session = new();

    /// <summary>The process that serves the first mounted disk.</summary>
    private int ServerId => int.Parse(File.ReadAllText(Path.Combine(_session.State, "mounts", "1.pid")), CultureInfo.InvariantCulture);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("d.vhdx", "-Dynamic", "VHDX", "Dynamic", 32 << 20)]
    [InlineData("d.vhdx", "-Dynamic -BlockSizeBytes 1MB", "VHDX", "Dynamic", 1 << 20)]
    [InlineData("d.vhdx", "-Fixed", "VHDX", "Fixed", 32 << 20)]
    [InlineData("d.vhd", "-Dynamic", "VHD", "Dynamic", 2 << 20)]
    [InlineData("d.vhd", "-Fixed", "VHD", "Fixed", 0)]
    public void ANewDiskReadsAsItWasAskedForAndQEMUAgrees(string file, string options, string format, string type, int blockSize)
    {
        _session.RunWell($"$d = New-VHD {file} -SizeBytes 100MB {options}; $read = Get-VHD {file}");
        Assert.Equal($"{format} {type} {100 << 20} {blockSize}", _session.One<string>("\"$($read.VhdFormat) $($read.VhdType) $($read.Size) $($read.BlockSize)\""));
        Assert.True(_session.One<bool>("$d.DiskIdentifier -eq $read.DiskIdentifier"));
        var check = QemuImg($"info -f {(format == "VHD" ? "vpc" : "vhdx")} {file}");
        Assert.Contains($"({100 << 20} bytes)", check, StringComparison.Ordinal);
    }

    [Fact]
    public void APathIsFromTheCurrentLocationAndComesBackAbsolute()
    {
        var disk = _session.One<string>("(New-VHD sub/d.vhdx -SizeBytes 64MB).Path");
        Assert.Equal(Path.Combine(_session.Folder, "sub", "d.vhdx"), disk);
    }

    [Fact]
    public void ConvertingKeepsWhatIsInIt()
    {
        Write("d.vhdx", "New-VHD d.vhdx -SizeBytes 64MB");
        _session.RunWell("Convert-VHD d.vhdx new.vhd -VHDType Fixed; Convert-VHD new.vhd back.vhdx -VHDType Dynamic -BlockSizeBytes 1MB -DeleteSource");
        Assert.Equal("Dynamic 1048576", _session.One<string>("$d = Get-VHD back.vhdx; \"$($d.VhdType) $($d.BlockSize)\""));
        Assert.False(File.Exists(_session["new.vhd"]));
        Assert.Contains("identical", QemuImg("compare d.vhdx back.vhdx"), StringComparison.Ordinal);
    }

    [Fact]
    public void GrowingKeepsTheIdAndWhatIsInIt()
    {
        Write("d.vhdx", "$before = New-VHD d.vhdx -SizeBytes 64MB -BlockSizeBytes 1MB");
        File.Copy(_session["d.vhdx"], _session["copy.vhdx"]);
        _session.RunWell("Resize-VHD d.vhdx -SizeBytes 128MB; $after = Get-VHD d.vhdx");
        Assert.Equal($"{128 << 20} {1 << 20} True", _session.One<string>("\"$($after.Size) $($after.BlockSize) $($after.DiskIdentifier -eq $before.DiskIdentifier)\""));
        Assert.Contains("identical", QemuImg("compare copy.vhdx d.vhdx"), StringComparison.Ordinal);
    }

    [Fact]
    public void ADifferencingDiskMergesIntoItsParent()
    {
        _session.RunWell("New-VHD parent.vhdx -SizeBytes 64MB");
        Write("child.vhdx", "New-VHD child.vhdx -ParentPath parent.vhdx -Differencing", "qcow2");
        Assert.Equal("Differencing True", _session.One<string>("$c = Get-VHD child.vhdx; \"$($c.VhdType) $($c.ParentPath -eq (Get-VHD parent.vhdx).Path)\""));
        _session.RunWell("Merge-VHD child.vhdx");
        Assert.False(File.Exists(_session["child.vhdx"]));
        Assert.DoesNotContain("failed", Run("qemu-io", "-f vhdx -c \"read -P 7 1M 1M\" parent.vhdx"), StringComparison.Ordinal);
    }

    [Fact]
    public void ARunningMachinesDiskIsInUse()
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; New-VM web -VHDPath d.vhdx; Start-VM web");
        _session.RunWell("New-VHD e.vhdx -SizeBytes 64MB; New-VM two -Generation 2 -VHDPath e.vhdx; Start-VM two");
        Assert.True(_session.One<bool>("(Get-VHD d.vhdx).Attached"));

        // Hyper-V resizes a disk on SCSI while its machine runs.
        _session.Fails("Resize-VHD e.vhdx -SizeBytes 128MB", "NotSupportedByStandIn,Microsoft.Vhd.PowerShell.Cmdlets.ResizeVHD", ErrorCategory.NotImplemented);
        _session.Fails("Resize-VHD d.vhdx -SizeBytes 128MB", "ObjectInUse,Microsoft.Vhd.PowerShell.Cmdlets.ResizeVHD", ErrorCategory.ResourceBusy);
    }

    [Fact]
    public void AMountedDiskIsAttachedHasANumberAndIsNobodyElses()
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; New-VHD e.vhd -SizeBytes 64MB");
        Assert.Equal("True 1", Attachment("Mount-VHD d.vhdx -Passthru"));
        Assert.Equal("True 2", Attachment("Mount-VHD e.vhd -ReadOnly -Passthru"));
        Assert.Equal("True 1", Attachment("Get-VHD d.vhdx"));
        Assert.EndsWith("e.vhd", _session.One<string>("(Get-VHD -DiskNumber 2).Path"), StringComparison.Ordinal);
        _session.Fails("Resize-VHD d.vhdx -SizeBytes 128MB", "ObjectInUse,Microsoft.Vhd.PowerShell.Cmdlets.ResizeVHD", ErrorCategory.ResourceBusy);
        Assert.Equal("False ", Attachment("Dismount-VHD d.vhdx -Passthru"));
        _session.RunWell("Dismount-VHD -DiskNumber 2; Resize-VHD d.vhdx -SizeBytes 128MB");
        Assert.Equal("False ", Attachment("Get-VHD e.vhd"));
        _session.Fails("Dismount-VHD d.vhdx", "InvalidParameter,Microsoft.Vhd.PowerShell.Cmdlets.DismountVHD", ErrorCategory.InvalidArgument);
        Assert.Empty(_session.Run("New-VHD f.vhdx -SizeBytes 64MB -OutVariable f | Out-Null; $f | Mount-VHD; $f | Dismount-VHD"));
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void WhatIsOnAMountedDiskIsServedToWhoeverConnects()
    {
        Write("d.vhdx", "New-VHD d.vhdx -SizeBytes 64MB");
        _session.RunWell("Mount-VHD d.vhdx");
        var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(_session.State, "mounts", "1.json"))).RootElement;
        var server = $"nbd+unix:///?socket={record.GetProperty("Socket").GetString()}";
        Assert.DoesNotContain("failed", Run("qemu-io", $"-f raw -c \"read -P 7 1M 1M\" -c \"write -P 8 2M 1M\" {server}"), StringComparison.Ordinal);
        _session.RunWell("Dismount-VHD d.vhdx");
        Assert.DoesNotContain("failed", Run("qemu-io", "-f vhdx -c \"read -P 8 2M 1M\" d.vhdx"), StringComparison.Ordinal);
    }

    [Fact]
    public void AServerThatDoesNotEndIsKilled()
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; Mount-VHD d.vhdx");
        _ = Signals.Send(ServerId, SigStop);
        _session.RunWell("Dismount-VHD d.vhdx; Mount-VHD d.vhdx; Dismount-VHD d.vhdx");
    }

    [Fact]
    public void AMountEndsWithItsServer()
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; Mount-VHD d.vhdx");
        using (var server = Process.GetProcessById(ServerId))
        {
            server.Kill();
            server.WaitForExit();
        }

        Assert.Equal("False ", Attachment("Get-VHD d.vhdx"));
        Assert.Equal("True 1", Attachment("Mount-VHD d.vhdx -Passthru"));
        _session.RunWell("Dismount-VHD d.vhdx");
    }

    [Fact]
    public void ADifferencingDiskFindsItsParentAgain()
    {
        Write("parent.vhdx", "New-VHD parent.vhdx -SizeBytes 64MB");
        _session.RunWell("New-VHD child.vhdx -ParentPath parent.vhdx -Differencing");
        File.Move(_session["parent.vhdx"], _session["moved.vhdx"]);
        _session.Fails("Get-VHD child.vhdx");
        Assert.False(_session.Run("Test-VHD child.vhdx -ErrorAction SilentlyContinue")[0].BaseObject is true);
        _session.RunWell("Set-VHD child.vhdx -ParentPath moved.vhdx");
        Assert.EndsWith("moved.vhdx", _session.One<string>("(Get-VHD child.vhdx).ParentPath"), StringComparison.Ordinal);
        Assert.DoesNotContain("failed", Run("qemu-io", "-f qcow2 -c \"read -P 7 1M 1M\" child.vhdx"), StringComparison.Ordinal);
    }

    [Fact]
    public void AChainMergesIntoWhicheverDiskIsNamed()
    {
        _session.RunWell("New-VHD a.vhdx -SizeBytes 64MB; New-VHD b.vhdx -ParentPath a.vhdx -Differencing");
        Write("c.vhdx", "New-VHD c.vhdx -ParentPath b.vhdx -Differencing", "qcow2");
        _session.RunWell("Merge-VHD c.vhdx -DestinationPath a.vhdx");
        Assert.False(File.Exists(_session["b.vhdx"]) || File.Exists(_session["c.vhdx"]));
        Assert.DoesNotContain("failed", Run("qemu-io", "-f vhdx -c \"read -P 7 1M 1M\" a.vhdx"), StringComparison.Ordinal);
        _session.Fails("Merge-VHD a.vhdx", "InvalidParameter,Microsoft.Vhd.PowerShell.Cmdlets.MergeVHD", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void ADiskGetsANewIdOrSectorSizeAndKeepsWhatIsInIt()
    {
        Write("d.vhdx", "$before = New-VHD d.vhdx -SizeBytes 64MB");
        _session.RunWell("Set-VHD d.vhdx -ResetDiskIdentifier -Force; Set-VHD d.vhdx -PhysicalSectorSizeBytes 512; $after = Get-VHD d.vhdx");
        Assert.Equal("True 512", _session.One<string>("\"$($after.DiskIdentifier -ne $before.DiskIdentifier) $($after.PhysicalSectorSize)\""));
        Assert.DoesNotContain("failed", Run("qemu-io", "-f vhdx -c \"read -P 7 1M 1M\" d.vhdx"), StringComparison.Ordinal);
        _session.Fails("New-VHD d.vhd -SizeBytes 64MB | Set-VHD -PhysicalSectorSizeBytes 4096", "InvalidParameter,Microsoft.Vhd.PowerShell.Cmdlets.SetVHD", ErrorCategory.InvalidArgument);
        _session.Fails("Set-VHD d.vhdx -ParentPath d.vhd", "InvalidParameter,Microsoft.Vhd.PowerShell.Cmdlets.SetVHD", ErrorCategory.InvalidArgument);
        _session.Fails("Set-VHD d.vhdx -ResetDiskIdentifier", "InvalidOperation,Microsoft.Vhd.PowerShell.Cmdlets.SetVHD", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public void OptimizingFreesWhatIsZeroAndKeepsTheRest()
    {
        Write("d.vhdx", "$before = New-VHD d.vhdx -SizeBytes 64MB -BlockSizeBytes 1MB");
        Run("qemu-io", "-f vhdx -c \"write -P 0 8M 32M\" d.vhdx");
        var size = _session.One<long>("(Get-VHD d.vhdx).FileSize");
        _session.RunWell("Optimize-VHD d.vhdx -Mode Full");
        Assert.True(_session.One<long>("(Get-VHD d.vhdx).FileSize") < size);
        Assert.True(_session.One<bool>("(Get-VHD d.vhdx).DiskIdentifier -eq $before.DiskIdentifier"));
        Assert.DoesNotContain("failed", Run("qemu-io", "-f vhdx -c \"read -P 7 1M 1M\" d.vhdx"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Quick")]
    [InlineData("Pretrimmed")]
    [InlineData("Retrim")]
    public void AModeThatGoesByWhatTheGuestTrimmedIsRefused(string mode)
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB");
        _session.Fails($"Optimize-VHD d.vhdx -Mode {mode}", "NotSupportedByStandIn,Microsoft.Vhd.PowerShell.Cmdlets.OptimizeVHD", ErrorCategory.NotImplemented);
    }

    [Theory]
    [InlineData(false, 9 << 20)]
    [InlineData(true, (9 << 20) + (5 * 4096))]
    public void ADiskShrinksToWhereItsPartitionsEnd(bool guid, long least)
    {
        Write("d.vhdx", "New-VHD d.vhdx -SizeBytes 64MB -BlockSizeBytes 1MB");
        var table = _session["table"];
        File.WriteAllBytes(table, guid ? GuidTable() : MasterBootRecord(0x83));
        Run("qemu-io", $"-f vhdx -c \"write -s {table} 0 1536\" d.vhdx");
        Assert.Equal(least, _session.One<long>("(Get-VHD d.vhdx).MinimumSize"));
        _session.Fails("Resize-VHD d.vhdx -SizeBytes 8MB", "InvalidParameter,Microsoft.Vhd.PowerShell.Cmdlets.ResizeVHD", ErrorCategory.InvalidArgument);
        Assert.Equal(16 << 20, _session.One<long>("(Resize-VHD d.vhdx -SizeBytes 16MB -Passthru).Size"));
        Assert.DoesNotContain("failed", Run("qemu-io", "-f vhdx -c \"read -P 7 1M 1M\" d.vhdx"), StringComparison.Ordinal);
        Assert.Equal(least, _session.One<long>("(Resize-VHD d.vhdx -ToMinimumSize -Passthru).Size"));
        Assert.DoesNotContain("failed", Run("qemu-io", "-f vhdx -c \"read -P 7 1M 1M\" d.vhdx"), StringComparison.Ordinal);
    }

    [Fact]
    public void ADiskWithoutPartitionsHasNoLeastSizeAndDoesNotShrink()
    {
        _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB");
        Assert.Null(_session.Run("(Get-VHD d.vhdx).MinimumSize").FirstOrDefault());
        _session.Fails("Resize-VHD d.vhdx -SizeBytes 32MB", "InvalidParameter,Microsoft.Vhd.PowerShell.Cmdlets.ResizeVHD", ErrorCategory.InvalidArgument);
        _session.Fails("Resize-VHD d.vhdx -ToMinimumSize", "InvalidParameter,Microsoft.Vhd.PowerShell.Cmdlets.ResizeVHD", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void ForceAnswersAMergeThatIsToBeConfirmedAndChangesNoWhatIf()
    {
        _session.RunWell("New-VHD parent.vhdx -SizeBytes 64MB; New-VHD child.vhdx -ParentPath parent.vhdx -Differencing; Merge-VHD child.vhdx -Force -WhatIf");
        Assert.True(File.Exists(_session["child.vhdx"]));
        _session.RunWell("Merge-VHD child.vhdx -Force -Confirm");
        Assert.False(File.Exists(_session["child.vhdx"]));
    }

    /// <summary>A first sector with one partition that ends at 9 MB.</summary>
    private static byte[] MasterBootRecord(byte type)
    {
        var sectors = new byte[3 * 512];
        sectors[450] = type;
        BinaryPrimitives.WriteUInt32LittleEndian(sectors.AsSpan(454), 2048);
        BinaryPrimitives.WriteUInt32LittleEndian(sectors.AsSpan(458), (9 << 11) - 2048);
        BinaryPrimitives.WriteUInt16LittleEndian(sectors.AsSpan(510), 0xAA55);
        return sectors;
    }

    /// <summary>The first sectors of a GUID partition table with the same partition.</summary>
    private static byte[] GuidTable()
    {
        var sectors = MasterBootRecord(0xEE);
        "EFI PART"u8.CopyTo(sectors.AsSpan(512));
        BinaryPrimitives.WriteUInt64LittleEndian(sectors.AsSpan(512 + 72), 2);
        BinaryPrimitives.WriteUInt32LittleEndian(sectors.AsSpan(512 + 80), 128);
        BinaryPrimitives.WriteUInt32LittleEndian(sectors.AsSpan(512 + 84), 128);
        sectors[1024] = 1;
        BinaryPrimitives.WriteUInt64LittleEndian(sectors.AsSpan(1024 + 40), (9 << 11) - 1);
        return sectors;
    }

    [Theory]
    [InlineData("it's.vhdx")]
    [InlineData("o'brien/d.vhdx")]
    public void AnApostropheBreaksTheQuery(string path)
    {
        Directory.CreateDirectory(_session["o'brien"]);
        _session.Run("param($path) New-VHD $path -SizeBytes 64MB", path);
        _session.Run("param($path) Get-VHD $path", path);
        Assert.Equal("Unspecified,Microsoft.Vhd.PowerShell.Cmdlets.GetVHD", Assert.Single(_session.Errors).FullyQualifiedErrorId);
    }

    private string Attachment(string script) => _session.One<string>($"$d = {script}; \"$($d.Attached) $($d.DiskNumber)\"");

    private void Write(string file, string create, string format = "vhdx")
    {
        _session.RunWell(create);
        Run("qemu-io", $"-f {format} -c \"write -P 7 1M 1M\" {file}");
    }

    private string QemuImg(string arguments) => Run("qemu-img", arguments);

    private string Run(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _session.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, process.StandardError.ReadToEnd());
        return output;
    }
}
