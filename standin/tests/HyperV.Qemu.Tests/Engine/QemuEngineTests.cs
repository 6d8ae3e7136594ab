using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using HyperV.Qemu.Engine;
using HyperV.Qemu.Testing;
using Xunit;

namespace HyperV.Qemu.Tests.Engine;

public sealed class QemuEngineTests : IDisposable
{
    private const int SigStop = 19;

    private readonly TestMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void AMachineRunsAndIsTurnedOff()
    {
        _machine.Boot().Dispose();
        var status = _machine.Status;
        Assert.Equal(PowerState.Running, status.Power);
        Assert.Equal(32 << 20, status.MemoryAssignedBytes);
        Assert.InRange(DateTime.UtcNow - status.StartedAt!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.True(status.CpuTime > TimeSpan.Zero);

        TestMachine.Engine.TurnOff(_machine.RuntimeFolder);
        _machine.AssertNothingIsLeft();
    }

    [Fact]
    public void TheGuestHasContactWhenItListensToThePowerButton()
    {
        _machine.Hardware = _machine.Hardware with { Firmware = _machine.Hardware.Firmware with { BootOrder = [] } };
        _machine.Start();
        Thread.Sleep(1000);
        Assert.False(_machine.Status.GuestContact);
        TestMachine.Engine.TurnOff(_machine.RuntimeFolder);

        _machine.Hardware = _machine.Hardware with { Firmware = _machine.Hardware.Firmware with { BootOrder = ["disk"] } };
        _machine.Boot().Dispose();
        Assert.True(_machine.Status.GuestContact);
    }

    [Fact]
    public void ThePowerButtonShutsTheGuestDown()
    {
        _machine.Boot().Dispose();
        Assert.True(TestMachine.Engine.ShutDown(_machine.RuntimeFolder, force: false, TimeSpan.FromSeconds(10), CancellationToken.None));
        _machine.AssertNothingIsLeft();
    }

    [Fact]
    public void AGuestWithoutEarsForThePowerButtonStaysOn()
    {
        _machine.Hardware = _machine.Hardware with { Firmware = _machine.Hardware.Firmware with { BootOrder = [] } };
        _machine.Start();
        Assert.False(TestMachine.Engine.ShutDown(_machine.RuntimeFolder, force: false, TimeSpan.FromSeconds(1), CancellationToken.None));
        Assert.Equal(PowerState.Running, _machine.Status.Power);

        using var stop = new CancellationTokenSource(100);
        Assert.ThrowsAny<OperationCanceledException>(
            () => TestMachine.Engine.ShutDown(_machine.RuntimeFolder, force: false, TimeSpan.FromSeconds(60), stop.Token));
    }

    [Fact]
    public void AGuestThatPowersItselfOffIsOff()
    {
        using var console = _machine.Boot();
        TestMachine.Write(console, TinyGuest.PowerOff);
        TestMachine.Await(() => _machine.Status.Power == PowerState.Off);
        _machine.AssertNothingIsLeft();
    }

    [Fact]
    public void APausedGuestDoesNothingAndForgetsNothing()
    {
        using var console = _machine.Boot();
        TestMachine.Engine.Pause(_machine.RuntimeFolder);
        Assert.Equal(PowerState.Paused, _machine.Status.Power);
        TestMachine.Write(console, "hello");
        TestMachine.Engine.Resume(_machine.RuntimeFolder);
        Assert.Equal(PowerState.Running, _machine.Status.Power);
        Assert.Equal("hello", TestMachine.Read(console, 5));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ASavedGuestGoesOnWhereItWas(bool deepFolder)
    {
        if (deepFolder)
        {
            _machine.RuntimeFolder = Path.Combine([_machine.Folder, .. Enumerable.Repeat(new string('d', 100), 3)]);
        }

        _machine.Boot().Dispose();
        TestMachine.Engine.Save(_machine.RuntimeFolder);
        Assert.Equal(PowerState.Off, _machine.Status.Power);
        Assert.Empty(MachineProcess.FindAll(new RuntimeFolder(_machine.RuntimeFolder)));

        TestMachine.Engine.Restore(_machine.Hardware, _machine.RuntimeFolder, CancellationToken.None);
        using var console = _machine.OpenConsole();
        TestMachine.Write(console, "still on");
        Assert.Equal("still on", TestMachine.Read(console, 8));
        TestMachine.Engine.TurnOff(_machine.RuntimeFolder);
        _machine.AssertNothingIsLeft();
    }

    [Fact]
    public void AMachineThatIsTurnedOffLosesWhatWasSaved()
    {
        _machine.Boot().Dispose();
        TestMachine.Engine.Save(_machine.RuntimeFolder);
        TestMachine.Engine.TurnOff(_machine.RuntimeFolder);
        var refusal = Assert.Throws<EngineException>(
            () => TestMachine.Engine.Restore(_machine.Hardware, _machine.RuntimeFolder, CancellationToken.None));
        Assert.Equal(EngineFault.NotFound, refusal.Fault);
        _machine.AssertNothingIsLeft();
    }

    [Fact]
    public void AStateThatCannotBeWrittenLeavesTheMachineRunning()
    {
        using var console = _machine.Boot();
        Directory.CreateDirectory(new RuntimeFolder(_machine.RuntimeFolder).SavedState);
        Assert.Throws<EngineException>(() => TestMachine.Engine.Save(_machine.RuntimeFolder));
        Assert.Equal(PowerState.Running, _machine.Status.Power);
        TestMachine.Write(console, "on");
        Assert.Equal("on", TestMachine.Read(console, 2));
        Directory.Delete(new RuntimeFolder(_machine.RuntimeFolder).SavedState);

        TestMachine.Engine.Save(_machine.RuntimeFolder);
        Assert.Equal(PowerState.Off, _machine.Status.Power);
    }

    [Fact]
    public void TheResetButtonBootsTheGuestAgain()
    {
        using var console = _machine.Boot();
        TestMachine.Engine.Reset(_machine.RuntimeFolder);
        TestMachine.Await(() => !_machine.Status.GuestContact);
        TestMachine.Await(() => _machine.Status.GuestContact);
    }

    [Fact]
    public void WhatAMachineIsToldWhileItIsOffIsRefused()
    {
        Action<string>[] commands = [TestMachine.Engine.Reset, TestMachine.Engine.Pause, TestMachine.Engine.Resume, TestMachine.Engine.Save];
        Assert.All(commands, command =>
            Assert.Equal(EngineFault.InvalidState, Assert.Throws<EngineException>(() => command(_machine.RuntimeFolder)).Fault));
        Assert.True(TestMachine.Engine.ShutDown(_machine.RuntimeFolder, force: false, TimeSpan.Zero, CancellationToken.None));
        TestMachine.Engine.TurnOff(_machine.RuntimeFolder);
        Assert.Equal(MachineStatus.Off, _machine.Status);
    }

    [Fact]
    public void ARunningMachineIsNotStartedAgain()
    {
        _machine.Boot().Dispose();
        Assert.Equal(EngineFault.InvalidState, Assert.Throws<EngineException>(_machine.Start).Fault);
        Assert.True(_machine.Status.GuestContact);
    }

    [Fact]
    public void ADiskInUseIsRefusedAndNamed()
    {
        _machine.Start();
        using var other = new TestMachine();
        other.Hardware = other.Hardware with { Drives = _machine.Hardware.Drives };
        var refusal = Assert.Throws<EngineException>(other.Start);
        Assert.Equal(EngineFault.InUse, refusal.Fault);
        Assert.Equal(_machine.Disk, refusal.Path);
        other.AssertNothingIsLeft();
    }

    [Fact]
    public void MachinesShareADvd()
    {
        using var other = new TestMachine();
        var iso = Path.Combine(_machine.Folder, "shared.iso");
        File.WriteAllBytes(iso, new byte[1 << 20]);
        foreach (var machine in new[] { _machine, other })
        {
            machine.Hardware = machine.Hardware with { Drives = [.. machine.Hardware.Drives, new DriveHardware("dvd", true, DriveController.Ide, 1, 0, iso)] };
            machine.Start();
            Assert.Equal(PowerState.Running, machine.Status.Power);
        }
    }

    [Fact]
    public void AMissingDiskIsRefusedAndNamed()
    {
        File.Delete(_machine.Disk);
        var refusal = Assert.Throws<EngineException>(_machine.Start);
        Assert.Equal(EngineFault.NotFound, refusal.Fault);
        Assert.Equal(_machine.Disk, refusal.Path);
    }

    [Fact]
    public void AFileThatIsNoVirtualHardDiskIsRefused()
    {
        File.WriteAllText(_machine.Disk, "no disk");
        Assert.Equal(EngineFault.Unspecified, Assert.Throws<EngineException>(_machine.Start).Fault);
        _machine.AssertNothingIsLeft();
    }

    [Fact]
    public void MoreMemoryThanTheHostHasIsRefused()
    {
        _machine.Hardware = _machine.Hardware with { MemoryBytes = 1L << 50 };
        Assert.Equal(EngineFault.OutOfMemory, Assert.Throws<EngineException>(_machine.Start).Fault);
        _machine.AssertNothingIsLeft();
    }

    [Fact]
    public void ACanceledStartLeavesNothing()
    {
        foreach (var milliseconds in Enumerable.Range(0, 12).Select(step => step * 15))
        {
            using var stop = new CancellationTokenSource(milliseconds);
            try
            {
                TestMachine.Engine.Start(_machine.Hardware, _machine.RuntimeFolder, stop.Token);
                TestMachine.Engine.TurnOff(_machine.RuntimeFolder);
            }
            catch (OperationCanceledException)
            {
                _machine.AssertNothingIsLeft();
            }
        }
    }

    [Fact]
    public void AMachineWhoseProcessWasKilledIsOffAndStartsAgain()
    {
        _machine.Boot().Dispose();
        _ = Signals.Send(_machine.ProcessId, Signals.Kill);
        _machine.AssertNothingIsLeft();
        _machine.Boot().Dispose();
    }

    [Fact]
    public void AProcessThatGotTheNumberOfAMachineIsLeftAlone()
    {
        using var stranger = Process.Start("sleep", "60");
        Directory.CreateDirectory(_machine.RuntimeFolder);
        File.WriteAllText(Path.Combine(_machine.RuntimeFolder, "qemu.pid"), $"{stranger.Id}\n");
        Assert.Equal(MachineStatus.Off, _machine.Status);
        TestMachine.Engine.TurnOff(_machine.RuntimeFolder);
        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    [Fact]
    public void AMachineThatDoesNotAnswerIsKilled()
    {
        _machine.Start();
        _ = Signals.Send(_machine.ProcessId, SigStop);
        var patience = Stopwatch.StartNew();
        TestMachine.Engine.TurnOff(_machine.RuntimeFolder);
        Assert.InRange(patience.Elapsed, TimeSpan.Zero, TestMachine.Patience);
        _machine.AssertNothingIsLeft();
    }
}
