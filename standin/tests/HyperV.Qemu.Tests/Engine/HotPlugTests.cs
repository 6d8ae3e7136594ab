using System;
using System.IO;
using System.Linq;
using System.Threading;
using HyperV.Qemu.Engine;
using HyperV.Qemu.Testing;
using Xunit;

namespace HyperV.Qemu.Tests.Engine;

public sealed class HotPlugTests : IDisposable
{
    private readonly TestMachine _machine = new();
    private readonly DriveHardware _dvd = new("dvd", IsDvd: true, DriveController.Ide, 1, 0, null);
    private readonly DriveHardware _added;

    public HotPlugTests()
    {
        var disk = Path.Combine(_machine.Folder, "added.vhd");
        TinyGuest.WriteDisk(disk);
        _added = new DriveHardware("added", IsDvd: false, DriveController.Scsi, 0, 9, disk);
        _machine.Hardware = _machine.Hardware with
        {
            Drives = [.. _machine.Hardware.Drives, _dvd],
            Adapters = [new AdapterHardware("nic", "00155D010203", null)],
            ScsiControllerCount = 1,
        };
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void ADiskComesAndGoesWhileTheMachineIsOn()
    {
        _machine.Boot().Dispose();
        TestMachine.Engine.AddDrive(_added, _machine.RuntimeFolder);
        Assert.Contains(_added.Path, Ask(monitor => monitor.OpenDisks.Select(disk => disk.Path)));
        TestMachine.Engine.RemoveDrive(_added, _machine.RuntimeFolder);
        Assert.DoesNotContain(_added.Path, Ask(monitor => monitor.OpenDisks.Select(disk => disk.Path)));

        // Nothing holds the disk any more.
        using var other = new TestMachine();
        other.Hardware = other.Hardware with { Drives = [_added with { Id = "disk", Controller = DriveController.Ide, Location = 0 }] };
        other.Boot().Dispose();
        var refusal = Assert.Throws<EngineException>(() => TestMachine.Engine.AddDrive(_added, _machine.RuntimeFolder));
        Assert.Equal(EngineFault.InUse, refusal.Fault);
        Assert.Equal(_added.Path, refusal.Path);
    }

    [Fact]
    public void ADiskThatFindsNoControllerIsLetGoOf()
    {
        _machine.Boot().Dispose();
        Assert.Throws<EngineException>(() => TestMachine.Engine.AddDrive(_added with { ControllerNumber = 3 }, _machine.RuntimeFolder));
        TestMachine.Engine.AddDrive(_added, _machine.RuntimeFolder);
    }

    [Fact]
    public void AMachineIsSavedAndGoesOnWithADiskThatCameWhileItWasOn()
    {
        _machine.Boot().Dispose();
        TestMachine.Engine.AddDrive(_added, _machine.RuntimeFolder);
        TestMachine.Engine.Save(_machine.RuntimeFolder);
        _machine.Hardware = _machine.Hardware with { Drives = [.. _machine.Hardware.Drives, _added] };
        TestMachine.Engine.Restore(_machine.Hardware, _machine.RuntimeFolder, CancellationToken.None);
        using var console = _machine.OpenConsole();
        TestMachine.Write(console, "on");
        Assert.Equal("on", TestMachine.Read(console, 2));
        Assert.Contains(_added.Path, Ask(monitor => monitor.OpenDisks.Select(disk => disk.Path)));
    }

    [Fact]
    public void ADvdIsInsertedAndEjectedWhileTheMachineIsOn()
    {
        var iso = Path.Combine(_machine.Folder, "a.iso");
        File.WriteAllBytes(iso, new byte[1 << 20]);
        _machine.Boot().Dispose();
        foreach (var medium in new[] { "medium-ide1-0", "medium-ide1-0-other", "medium-ide1-0" })
        {
            TestMachine.Engine.ChangeMedium(_dvd with { Path = iso }, _machine.RuntimeFolder);
            Assert.Equal(medium, Ask(monitor => monitor.MediumIn("ide1-0")));
        }

        // Where the new one cannot be opened, the old one stays.
        Assert.Throws<EngineException>(() => TestMachine.Engine.ChangeMedium(_dvd with { Path = _machine.Folder }, _machine.RuntimeFolder));
        Assert.Equal("medium-ide1-0", Ask(monitor => monitor.MediumIn("ide1-0")));
        TestMachine.Engine.ChangeMedium(_dvd, _machine.RuntimeFolder);
        Assert.Null(Ask(monitor => monitor.MediumIn("ide1-0")));
    }

    [Fact]
    public void AnAdapterChangesItsSwitchWhileTheMachineIsOn()
    {
        var none = _machine.Hardware.Adapters[0];
        var outside = none with { SwitchName = "Default Switch" };
        var inside = none with { SwitchName = "lab", OnPrivateSwitch = true };
        _machine.Boot().Dispose();
        foreach (var (before, now) in new[] { (none, outside), (outside, inside), (inside, outside), (outside, none), (none, none), (none, inside) })
        {
            TestMachine.Engine.Connect(0, before, now, _machine.RuntimeFolder);
        }

        TestMachine.Engine.Save(_machine.RuntimeFolder);
        TestMachine.Engine.Restore(_machine.Hardware with { Adapters = [inside] }, _machine.RuntimeFolder, CancellationToken.None);
        Assert.Equal(PowerState.Running, _machine.Status.Power);
    }

    [Fact]
    public void AMachineThatIsOffHasNothingToChange()
        => Assert.Equal(EngineFault.InvalidState, Assert.Throws<EngineException>(() => TestMachine.Engine.AddDrive(_added, _machine.RuntimeFolder)).Fault);

    private T Ask<T>(Func<QemuMonitor, T> question)
    {
        using var monitor = QemuMonitor.Open(new RuntimeFolder(_machine.RuntimeFolder));
        return question(monitor);
    }
}
