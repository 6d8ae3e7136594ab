using System;
using System.Diagnostics;
using System.IO;
using HyperV.Qemu.Tests.Hosting;
using Xunit;

namespace HyperV.Qemu.Tests;

public sealed class DiskTests : IDisposable
{
    private readonly StandInSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("d.vhdx", "-Dynamic", "VHDX", "Dynamic", 32 << 20)]
    [InlineData("d.vhdx", "-Dynamic -BlockSizeBytes 1MB", "VHDX", "Dynamic", 1 << 20)]
    [InlineData("d.vhdx", "-Fixed", "VHDX", "Fixed", 32 << 20)]
    [InlineData("d.vhd", "-Dynamic", "VHD", "Dynamic", 2 << 20)]
    [InlineData("d.vhd", "-Fixed", "VHD", "Fixed", 0)]
    public void A_new_disk_reads_as_it_was_asked_for_and_QEMU_agrees(string file, string options, string format, string type, int blockSize)
    {
        _session.Do($"$d = New-VHD {file} -SizeBytes 100MB {options}; $read = Get-VHD {file}");
        Assert.Equal($"{format} {type} {100 << 20} {blockSize}", _session.One<string>("\"$($read.VhdFormat) $($read.VhdType) $($read.Size) $($read.BlockSize)\""));
        Assert.True(_session.One<bool>("$d.DiskIdentifier -eq $read.DiskIdentifier"));
        var check = QemuImg($"info -f {(format == "VHD" ? "vpc" : "vhdx")} {file}");
        Assert.Contains($"({100 << 20} bytes)", check, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_from_the_current_location_and_comes_back_absolute()
    {
        var disk = _session.One<string>("(New-VHD sub/d.vhdx -SizeBytes 64MB).Path");
        Assert.Equal(Path.Combine(_session.Folder, "sub", "d.vhdx"), disk);
    }

    [Fact]
    public void Converting_keeps_what_is_in_it()
    {
        Write("d.vhdx", "New-VHD d.vhdx -SizeBytes 64MB");
        _session.Do("Convert-VHD d.vhdx new.vhd -VHDType Fixed; Convert-VHD new.vhd back.vhdx -VHDType Dynamic -BlockSizeBytes 1MB -DeleteSource");
        Assert.Equal("Dynamic 1048576", _session.One<string>("$d = Get-VHD back.vhdx; \"$($d.VhdType) $($d.BlockSize)\""));
        Assert.False(File.Exists(Path.Combine(_session.Folder, "new.vhd")));
        Assert.Contains("identical", QemuImg("compare d.vhdx back.vhdx"), StringComparison.Ordinal);
    }

    [Fact]
    public void Growing_keeps_the_id_and_what_is_in_it()
    {
        Write("d.vhdx", "$before = New-VHD d.vhdx -SizeBytes 64MB -BlockSizeBytes 1MB");
        File.Copy(Path.Combine(_session.Folder, "d.vhdx"), Path.Combine(_session.Folder, "copy.vhdx"));
        _session.Do("Resize-VHD d.vhdx -SizeBytes 128MB; $after = Get-VHD d.vhdx");
        Assert.Equal($"{128 << 20} {1 << 20} True", _session.One<string>("\"$($after.Size) $($after.BlockSize) $($after.DiskIdentifier -eq $before.DiskIdentifier)\""));
        Assert.Contains("identical", QemuImg("compare copy.vhdx d.vhdx"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_differencing_disk_merges_into_its_parent()
    {
        _session.Do("New-VHD parent.vhdx -SizeBytes 64MB");
        Write("child.vhdx", "New-VHD child.vhdx -ParentPath parent.vhdx -Differencing", "qcow2");
        Assert.Equal("Differencing True", _session.One<string>("$c = Get-VHD child.vhdx; \"$($c.VhdType) $($c.ParentPath -eq (Get-VHD parent.vhdx).Path)\""));
        _session.Do("Merge-VHD child.vhdx");
        Assert.False(File.Exists(Path.Combine(_session.Folder, "child.vhdx")));
        Assert.DoesNotContain("failed", Run("qemu-io", "-f vhdx -c \"read -P 7 1M 1M\" parent.vhdx"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_running_machines_disk_is_in_use()
    {
        _session.Do("New-VHD d.vhdx -SizeBytes 64MB; New-VM web -VHDPath d.vhdx; Start-VM web");
        Assert.True(_session.One<bool>("(Get-VHD d.vhdx).Attached"));
        _session.Fails("Resize-VHD d.vhdx -SizeBytes 128MB", "ObjectInUse,Microsoft.Vhd.PowerShell.Cmdlets.ResizeVHD", System.Management.Automation.ErrorCategory.ResourceBusy);
    }

    private void Write(string file, string create, string format = "vhdx")
    {
        _session.Do(create);
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
