using System;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using HyperV.Qemu.Engine;
using HyperV.Qemu.Testing;
using HyperV.Qemu.Tests.Contract;
using HyperV.Qemu.Worker;
using Xunit;

namespace HyperV.Qemu.Tests.Engine;

/// <summary>A COM port has Hyper-V's ways.</summary>
public sealed class ComPortTests : IDisposable
{
    /// <summary>The flag, in the kernel's list of sockets, of one that takes connections.</summary>
    private const string Listening = " 00010000 ";

    private readonly TestMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void TheGuestHearsItsClientAndAnswers()
    {
        using var console = _machine.Boot();
        TestMachine.Write(console, "hello");
        Assert.Equal("hello", TestMachine.Read(console, 5));
    }

    [Fact]
    public void EverythingArrivesInItsOrder()
    {
        using var console = BootRecorded();
        TestMachine.Write(console, TinyGuest.Flood);
        Assert.Equal(TinyGuest.Deluge, TestMachine.Read(console, TinyGuest.Deluge.Length));
        Assert.Equal(TinyGuest.Prompt + TinyGuest.Deluge, Record());
    }

    [Fact]
    public void ASecondClientIsRefusedAtOnce()
    {
        using (_machine.Boot())
        {
            Assert.False(_machine.ConsoleOpens());

            // It is busy and not away: that is how a client on this system can tell.
            Assert.True(File.Exists(_machine.Socket));
        }

        using var next = _machine.OpenConsole();
        TestMachine.Write(next, "next");
        Assert.Equal("next", TestMachine.Read(next, 4));
    }

    [Fact]
    public void OnlyOneOfManyClientsGetsIn()
    {
        _machine.Boot().Dispose();
        TestMachine.Await(_machine.ConsoleOpens);
        for (var round = 0; round < 20; round++)
        {
            Socket[] clients = [.. Enumerable.Range(0, 8).Select(_ => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))];
            TestMachine.Await(() => File.Exists(_machine.Socket));
            var connected = 0;
            clients.AsParallel().WithDegreeOfParallelism(clients.Length).ForAll(client =>
            {
                try
                {
                    client.Connect(new UnixDomainSocketEndPoint(_machine.Socket));
                    Interlocked.Increment(ref connected);
                }
                catch (SocketException)
                {
                    // Refused, or the pipe was just being opened.
                }
            });
            Assert.InRange(connected, 0, 1);
            Array.ForEach(clients, client => client.Dispose());
        }
    }

    [Fact]
    public void WhatNobodyReadsIsLost()
    {
        var first = BootRecorded();
        TestMachine.Write(first, "a" + TinyGuest.Flood);
        Assert.Equal("a", TestMachine.Read(first, 1));
        first.Dispose();
        TestMachine.Await(() => Record() == TinyGuest.Prompt + "a" + TinyGuest.Deluge);

        using var second = _machine.OpenConsole();
        TestMachine.Write(second, "!");
        Assert.Equal("!", TestMachine.Read(second, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AResetEndsTheConnectionAndThePipeComesBack(bool byTheGuest)
    {
        using var console = _machine.Boot();
        using var ended = new ManualResetEventSlim();
        using var folder = new FileSystemWatcher(Path.GetTempPath(), Path.GetFileName(_machine.Socket)) { EnableRaisingEvents = true };
        folder.Deleted += (_, _) => ended.Set();
        if (byTheGuest)
        {
            TestMachine.Write(console, TinyGuest.Reboot);
        }
        else
        {
            TestMachine.Engine.Reset(_machine.RuntimeFolder);
        }

        Assert.Empty(TestMachine.Read(console, 1));
        Assert.True(ended.Wait(TestMachine.Patience, TestContext.Current.CancellationToken));

        // The guest has said its prompt by now, or will say it.
        using var next = _machine.OpenConsole();
        TestMachine.Write(next, "!");
        Assert.Contains(TestMachine.Read(next, 1), TinyGuest.Prompt + "!", StringComparison.Ordinal);
    }

    [Fact]
    public void TheLastWordsBeforeAResetArrive()
    {
        using var console = _machine.Boot();
        TestMachine.Write(console, TinyGuest.Flood + TinyGuest.Reboot);
        Assert.Equal(TinyGuest.Deluge, TestMachine.Read(console, TinyGuest.Deluge.Length + 1));
    }

    [Fact]
    public void TheLastWordsBeforeTheEndArrive()
    {
        using var console = _machine.Boot();
        TestMachine.Write(console, TinyGuest.Flood + TinyGuest.PowerOff);
        Assert.Equal(TinyGuest.Deluge, TestMachine.Read(console, TinyGuest.Deluge.Length + 1));
        TestMachine.Await(() => !File.Exists(_machine.Socket));
        _machine.AssertNothingIsLeft();
    }

    [Fact]
    [Covers("a COM port's pipe comes and goes with its machine")]
    public void SavingEndsTheConnectionAndRestoringBringsThePipeBack()
    {
        using var console = _machine.Boot();
        TestMachine.Engine.Save(_machine.RuntimeFolder);
        Assert.Empty(TestMachine.Read(console, 1));
        Assert.False(File.Exists(_machine.Socket));

        TestMachine.Engine.Restore(_machine.Hardware, _machine.RuntimeFolder, CancellationToken.None);
        using var next = _machine.OpenConsole();
        TestMachine.Write(next, "on");
        Assert.Equal("on", TestMachine.Read(next, 2));
    }

    [Fact]
    public void AMachineThatIsKilledLeavesNoPipe()
    {
        using var console = _machine.Boot();
        _ = Signals.Send(_machine.ProcessId, Signals.Kill);
        Assert.Empty(TestMachine.Read(console, 1));
        TestMachine.Await(() => !File.Exists(_machine.Socket));
        _machine.AssertNothingIsLeft();
    }

    [Fact]
    public void AClientThatReadsLateStallsTheGuestAndGetsEverything()
    {
        using var console = _machine.Boot();
        TestMachine.Write(console, string.Concat(Enumerable.Repeat(TinyGuest.Flood, 4)));
        Thread.Sleep(2000);
        Assert.Equal(string.Concat(Enumerable.Repeat(TinyGuest.Deluge, 4)), TestMachine.Read(console, 4 * TinyGuest.Deluge.Length));
    }

    [Fact]
    public void AClientThatDoesNotReadDoesNotKeepTheMachineOn()
    {
        using var console = _machine.Boot();
        TestMachine.Write(console, string.Concat(Enumerable.Repeat(TinyGuest.Flood, 8)));
        Thread.Sleep(1000);
        TestMachine.Engine.TurnOff(_machine.RuntimeFolder);
        _machine.AssertNothingIsLeft();
    }

    [Fact]
    [Covers("a COM port's pipe comes and goes with its machine")]
    public void AServerThatIsThereFirstIsUsedAsAClientOnce()
    {
        using var server = new NamedPipeServerStream(_machine.Hardware.ComPorts[0]!, PipeDirection.InOut, 1);
        _machine.Start();
        server.WaitForConnection();
        Assert.Equal('>', server.ReadByte());
        server.WriteByte((byte)'x');
        Assert.Equal('x', server.ReadByte());

        TestMachine.Engine.Reset(_machine.RuntimeFolder);
        Assert.Equal(-1, server.ReadByte());
        server.Dispose();
        Thread.Sleep(1000);
        Assert.False(File.Exists(_machine.Socket));
    }

    [Fact]
    public void APipeInUseIsRefused()
    {
        using var console = _machine.Boot();
        using var other = new TestMachine();
        other.Hardware = other.Hardware with { ComPorts = _machine.Hardware.ComPorts };
        var refusal = Assert.Throws<EngineException>(other.Start);
        Assert.Equal(EngineFault.InUse, refusal.Fault);
        Assert.Equal(_machine.Socket, refusal.Path);

        TestMachine.Write(console, "still");
        Assert.Equal("still", TestMachine.Read(console, 5));
        Assert.Empty(MachineProcess.FindAll(new RuntimeFolder(other.RuntimeFolder)));
    }

    [Fact]
    public void WhatWasLeftOfAPipeIsInNobodysWay()
    {
        LeavePipe();
        using var console = _machine.Boot();
    }

    [Fact]
    public void WhatWasLeftOfAPipeIsClearedByOneProcessAtATime()
    {
        LeavePipe();

        // As a worker does that has seen what was left, and is about to delete it.
        using (PipeClaim.TryTake(_machine.Socket))
        {
            Assert.Equal(EngineFault.InUse, Assert.Throws<EngineException>(_machine.Start).Fault);
            Assert.True(File.Exists(_machine.Socket));
        }

        using var console = _machine.Boot();
        Assert.Null(PipeClaim.TryTake(_machine.Socket));
    }

    [Fact]
    public void OfMachinesThatAreStartedAtOnceOneServesThePipe()
    {
        using var other = new TestMachine();
        other.Hardware = other.Hardware with { ComPorts = _machine.Hardware.ComPorts };
        LeavePipe();
        TestMachine[] machines = [_machine, other];
        var refused = 0;
        machines.AsParallel().WithDegreeOfParallelism(machines.Length).ForAll(machine =>
        {
            try
            {
                machine.Start();
            }
            catch (EngineException exception) when (exception.Fault == EngineFault.InUse)
            {
                Interlocked.Increment(ref refused);
            }
        });

        // The other one is refused where the pipe was not yet open, and else is its client.
        Assert.InRange(refused, 0, 1);
        Assert.Single(File.ReadLines("/proc/net/unix"), line => line.Contains(Listening) && line.EndsWith(' ' + _machine.Socket));
    }

    [Fact]
    public void AMachineOutlivesItsWorkerAndIsTurnedOff()
    {
        using var console = _machine.Boot();
        var worker = MachineProcess.FindAll(new RuntimeFolder(_machine.RuntimeFolder)).Single(process => !process.IsQemu);
        worker.Signal(Signals.Kill);
        Assert.Empty(TestMachine.Read(console, 1));
        Assert.Equal(PowerState.Running, _machine.Status.Power);
        TestMachine.Engine.TurnOff(_machine.RuntimeFolder);
        _machine.AssertNothingIsLeft();
    }

    [Fact]
    public void BothPortsWorkAtOnce()
    {
        _machine.Hardware = _machine.Hardware with { ComPorts = [_machine.Hardware.ComPorts[0], $"{_machine.Hardware.Name}-com2"] };
        using var console = _machine.Boot();
        using var second = new NamedPipeClientStream(".", _machine.Hardware.ComPorts[1]!);
        second.Connect(TimeSpan.FromSeconds(10));
        TestMachine.Write(console, "one");
        Assert.Equal("one", TestMachine.Read(console, 3));
    }

    [Fact]
    public void AMachineWithoutComPortsHasNoWorker()
    {
        _machine.Hardware = _machine.Hardware with { ComPorts = [null, null] };
        _machine.Start();
        Assert.True(Assert.Single(MachineProcess.FindAll(new RuntimeFolder(_machine.RuntimeFolder))).IsQemu);
    }

    /// <summary>Boots the machine, and has what the guest says recorded.</summary>
    private NamedPipeClientStream BootRecorded()
    {
        Environment.SetEnvironmentVariable(QemuPlatform.SerialLogVariable, "1");
        try
        {
            return _machine.Boot();
        }
        finally
        {
            Environment.SetEnvironmentVariable(QemuPlatform.SerialLogVariable, null);
        }
    }

    private string Record() => File.ReadAllText(new RuntimeFolder(_machine.RuntimeFolder).SerialRecord(1));

    /// <summary>Leaves the pipe as a process does that is killed.</summary>
    private void LeavePipe()
    {
        using (var killed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            killed.Bind(new UnixDomainSocketEndPoint(_machine.Socket));
            File.Move(_machine.Socket, _machine.Socket + ".kept");
        }

        File.Move(_machine.Socket + ".kept", _machine.Socket);
    }
}
