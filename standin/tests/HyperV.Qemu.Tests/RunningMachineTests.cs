using System;
using System.IO;
using System.Linq;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Engine;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Testing;
using HyperV.Qemu.Tests.Engine;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>The cmdlets on a machine that really runs in QEMU.</summary>
public sealed class RunningMachineTests : IDisposable
{
    private const int SigStop = 19;

    private readonly StandInSession _session = new(runsMachines: true);

    public RunningMachineTests()
    {
        Environment.SetEnvironmentVariable(VirtualizationHost.HostsVariable, "hv02");
        TinyGuest.WriteDisk(_session["guest.vhd"]);
        TinyGuest.WriteDisk(_session["data.vhd"]);
        _session.RunWell("$vm = New-VM web -MemoryStartupBytes 32MB -VHDPath guest.vhd -SwitchName 'Default Switch'");
    }

    /// <summary>Whether the guest is up. It says so to its machine, once.</summary>
    private bool GuestIsUp => _session.One<string>("$vm.Heartbeat") == "OkApplicationsUnknown";

    private RuntimeFolder Runtime => new(Path.Combine(_session.State, "machines", _session.One<string>("$vm.Id"), "runtime"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(FaultPlan.Variable, null);
        _session.Run("Get-VM -ComputerName localhost, hv02 | Stop-VM -TurnOff -WarningAction SilentlyContinue");
        _session.Dispose();
    }

    [Fact]
    public void ItTellsWhatItsQEMUDoes()
    {
        Assert.Equal("Off 0 00:00:00 0 ", State());
        Boot();
        Assert.Equal("Running", _session.One<string>("$vm.State"));
        Assert.Equal(32 << 20, _session.One<long>("$vm.MemoryAssigned"));
        var uptime = _session.One<TimeSpan>("$vm.Uptime");
        Assert.True(uptime > TimeSpan.Zero);
        TestMachine.Await(() => _session.One<TimeSpan>("$vm.Uptime") > uptime);

        // The guest asks for keys all the time.
        TestMachine.Await(() => _session.One<int>("$vm.CPUUsage") is > 0 and <= 100);

        _session.RunWell("Suspend-VM web");
        Assert.Equal("Paused Paused", _session.One<string>("\"$($vm.State) $($vm.Heartbeat)\""));
        _session.RunWell("Resume-VM web; Save-VM web");
        Assert.Equal("Saved 0 00:00:00 0 ", State());
        _session.RunWell("Start-VM web");
        Assert.True(GuestIsUp);

        _ = Signals.Send(MachineProcess.Find(Runtime)!.Id, Signals.Kill);
        TestMachine.Await(() => _session.One<string>("$vm.State") == "Off");
    }

    [Fact]
    public void ItRestartsAndShutsDown()
    {
        Boot();
        _session.RunWell("Restart-VM web -Force -Wait -For Heartbeat -Timeout 120");
        _session.RunWell("Stop-VM web");
        Assert.Equal("Off", _session.One<string>("$vm.State"));
        Assert.Empty(MachineProcess.FindAll(Runtime));
    }

    [Fact]
    public void NothingOutlivesItWhenItDoesNotAnswer()
    {
        Boot();
        foreach (var process in MachineProcess.FindAll(Runtime).ToList())
        {
            // It gets SIGTERM, and does nothing about it.
            process.Signal(SigStop);
        }

        _session.RunWell("Stop-VM web -TurnOff");
        Assert.Equal("Off", _session.One<string>("$vm.State"));
        var runtime = Runtime;
        _session.RunWell("Remove-VM web -Force");
        Assert.Empty(MachineProcess.FindAll(runtime));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_session.State, "machines")));
    }

    [Fact]
    public void NothingOutlivesItWhenItVanishes()
    {
        Boot();
        var runtime = Runtime;
        StandIn.Fail("Set-VM:1=Vanish");
        _session.Fails("$vm | Set-VM -Notes x");
        Assert.Empty(MachineProcess.FindAll(runtime));
        Assert.Empty(_session.Run("Get-VM"));
    }

    [Fact]
    public void ItIsCheckpointedAndBroughtBackAsItWas()
    {
        Boot();
        _session.RunWell("Checkpoint-VM web -SnapshotName first");
        Assert.True(GuestIsUp);
        Assert.EndsWith(".avhd", _session.One<string>("$vm.HardDrives[0].Path"), StringComparison.Ordinal);
        _session.RunWell("Stop-VM web -TurnOff; Restore-VMSnapshot -Name first -VMName web -Confirm:$false");
        Assert.Equal("Saved", _session.One<string>("$vm.State"));
        _session.RunWell("Start-VM web");
        Assert.True(GuestIsUp);
        _session.RunWell("Remove-VMSnapshot web");
        Assert.True(GuestIsUp);
        Assert.EndsWith("guest.vhd", _session.One<string>("$vm.HardDrives[0].Path"), StringComparison.Ordinal);
    }

    [Fact]
    public void ItMovesToAnotherHostAndGoesOnThere()
    {
        Boot();
        var before = Runtime;
        _session.RunWell("$vm = Move-VM web hv02 -DestinationStoragePath there -Passthru");
        Assert.Empty(MachineProcess.FindAll(before));
        Assert.Equal("HV02 Running", _session.One<string>("\"$($vm.ComputerName) $($vm.State)\""));
        Assert.True(GuestIsUp);
        _session.RunWell("$vm = Move-VM web localhost -ComputerName hv02 -Passthru");
        Assert.True(GuestIsUp);
    }

    [Fact]
    public void ItIsExportedAndACopyOfItRunsBesideIt()
    {
        Boot();
        _session.RunWell("Export-VM web -Path out");
        Assert.True(GuestIsUp);
        var configuration = Directory.EnumerateFiles(Path.Combine(_session.Folder, "out", "web", "Virtual Machines"), "*.vmcx").Single();
        _session.RunWell($"$vm = Import-VM '{configuration}' -Copy -GenerateNewId -VhdDestinationPath copies");
        Assert.Equal("Saved", _session.One<string>("$vm.State"));
        Boot();
        Assert.Equal(["Running", "Running"], _session.Run("(Get-VM web).State").Select(state => state.ToString()));
    }

    [Fact]
    public void DrivesAndCablesChangeWhileItRuns()
    {
        File.WriteAllBytes(_session["x.iso"], new byte[1 << 20]);
        Boot();
        _session.RunWell("Set-VMDvdDrive web -Path x.iso; Add-VMHardDiskDrive web -ControllerType SCSI -Path data.vhd; Disconnect-VMNetworkAdapter web");
        Assert.True(_session.One<bool>("(Get-VHD data.vhd).Attached"));
        _session.RunWell("Save-VM web; Start-VM web");
        Assert.True(GuestIsUp);
        _session.RunWell("Set-VMDvdDrive web -Path $null; Remove-VMHardDiskDrive web -ControllerType SCSI -ControllerNumber 0 -ControllerLocation 0; Connect-VMNetworkAdapter web -SwitchName 'Default Switch'");
        _session.RunWell("New-VM two -MemoryStartupBytes 32MB -VHDPath data.vhd | Start-VM; Stop-VM two -TurnOff");
        Assert.True(GuestIsUp);
    }

    [Fact(Skip = TpmTests.Missing, SkipType = typeof(TpmTests), SkipUnless = nameof(TpmTests.IsInstalled))]
    public void ItHasATPM()
    {
        _session.RunWell("$vm = New-VM safe -Generation 2 -MemoryStartupBytes 256MB; Set-VMFirmware safe -EnableSecureBoot Off; Set-VMKeyProtector safe -NewLocalKeyProtector; Enable-VMTPM safe; Start-VM safe");
        Assert.Equal("Running True", _session.One<string>("\"$($vm.State) $((Get-VMSecurity safe).TpmEnabled)\""));
        var processes = MachineProcess.FindAll(Runtime).Count();
        Assert.Equal(2, processes);

        // The firmware writes to it.
        TestMachine.Await(() => File.Exists(Path.Combine(Runtime.Path, "tpm2-00.permall")));
        _session.RunWell("Stop-VM safe -TurnOff");
        Assert.Empty(MachineProcess.FindAll(Runtime));
    }

    private void Boot()
    {
        _session.RunWell("$vm | Start-VM");
        TestMachine.Await(() => GuestIsUp);
    }

    private string State() => _session.One<string>("\"$($vm.State) $($vm.MemoryAssigned) $($vm.Uptime) $($vm.CPUUsage) $($vm.Heartbeat)\"");
}
