using System;
using System.IO;
using System.Linq;
using HyperV.Qemu.Testing;
using Xunit;

namespace HyperV.Qemu.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly StandInSession _session = new();

    public CheckpointTests()
        => _session.RunWell("New-VHD d.vhdx -SizeBytes 64MB; $vm = New-VM web -Generation 2 -MemoryStartupBytes 64MB -VHDPath d.vhdx");

    private string Disk => _session.One<string>("$vm.HardDrives[0].Path");

    private string[] Files => [.. Directory.EnumerateFiles(_session.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    public void Dispose() => _session.Dispose();

    [Fact]
    public void ACheckpointKeepsTheDiskAndGoesOnWithAnother()
    {
        _session.RunWell("$snapshot = Checkpoint-VM web -SnapshotName first -Passthru");
        Assert.Equal("Microsoft.HyperV.PowerShell.VMSnapshot", _session.One<string>("$snapshot.GetType().FullName"));
        Assert.EndsWith("d.vhdx", _session.One<string>("$snapshot.HardDrives[0].Path"), StringComparison.Ordinal);
        Assert.EndsWith(".avhdx", Disk, StringComparison.Ordinal);
        Assert.Equal("Differencing", _session.One<string>("(Get-VHD $vm.HardDrives[0].Path).VhdType"));
        Assert.EndsWith("d.vhdx", _session.One<string>("(Get-VHD $vm.HardDrives[0].Path).ParentPath"), StringComparison.Ordinal);
        Assert.Equal("first", _session.One<string>("$vm.ParentCheckpointName"));
        Assert.Equal("web first", _session.One<string>("$c = Get-VMCheckpoint web; \"$($c.VMName) $($c.Name)\""));
    }

    [Fact]
    public void RemovingCheckpointsPutsTheDiskTogetherAgain()
    {
        _session.RunWell("Checkpoint-VM web -SnapshotName first; Checkpoint-VM web -SnapshotName second; Checkpoint-VM web -SnapshotName third");
        Assert.Equal(4, Files.Length);
        _session.RunWell("Remove-VMSnapshot web -Name second");
        Assert.Equal("first", _session.One<string>("(Get-VMSnapshot web -Name third).ParentSnapshotName"));
        Assert.True(_session.One<bool>("Test-VHD $vm.HardDrives[0].Path"));
        _session.RunWell("Get-VMSnapshot web | Remove-VMSnapshot");
        Assert.Equal(["d.vhdx"], Files);
        Assert.EndsWith("d.vhdx", Disk, StringComparison.Ordinal);
        Assert.True(_session.One<bool>("$null -eq $vm.ParentSnapshotId"));
    }

    [Fact]
    public void RestoringBringsBackWhatTheMachineWas()
    {
        _session.RunWell("Checkpoint-VM web -SnapshotName first; Set-VM web -ProcessorCount 2 -Notes kept; Add-VMScsiController web");
        var abandoned = Disk;
        _session.RunWell("Restore-VMSnapshot -Name first -VMName web -Confirm:$false");
        Assert.Equal("1 1 kept", _session.One<string>("\"$($vm.ProcessorCount) $(@(Get-VMScsiController web).Count) $($vm.Notes)\""));
        Assert.NotEqual(abandoned, Disk);
        Assert.False(File.Exists(abandoned));
    }

    [Fact]
    public void ACheckpointOfARunningMachineIsASavedOne()
    {
        _session.RunWell("Start-VM web; Checkpoint-VM web -SnapshotName first");
        Assert.Equal("Running Saved", _session.One<string>("\"$($vm.State) $((Get-VMSnapshot web).State)\""));
        _session.RunWell("Restore-VMSnapshot -Name first -VMName web -Confirm:$false");
        Assert.Equal("Saved", _session.One<string>("$vm.State"));
        _session.RunWell("Start-VM web");
        Assert.Equal("Running", _session.One<string>("$vm.State"));
    }

    [Fact]
    public void APausedMachineStaysPaused()
    {
        _session.RunWell("Start-VM web; Suspend-VM web; Checkpoint-VM web -SnapshotName first; Remove-VMSnapshot web");
        Assert.Equal("Paused", _session.One<string>("$vm.State"));
        Assert.Equal(["d.vhdx"], Files);
    }

    [Fact]
    public void RestoringAsks()
    {
        _session.RunWell("Checkpoint-VM web -SnapshotName first");
        _session.Fails("Restore-VMSnapshot -Name first -VMName web");
    }

    [Fact]
    public void AMachineCanDoWithoutCheckpoints()
    {
        _session.RunWell("Set-VM web -CheckpointType Disabled");
        _session.Fails("Checkpoint-VM web");
        Assert.Empty(_session.Run("Get-VMSnapshot web"));
    }
}
