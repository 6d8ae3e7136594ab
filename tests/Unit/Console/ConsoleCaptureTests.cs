using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleCaptureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static bool ListsThreads => OperatingSystem.IsLinux();

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACaptureStartedBeforeTheVMHasItsFirstByte()
    {
        using var port = ComPort.Off();
        using var capture = Start(port);
        port.TurnOn();
        await port.WaitForClient();
        await port.Say("first words");

        Assert.Equal("first words", Read(capture.ReadFromStart(), 11));
        Assert.Equal(ConsoleCaptureState.Connected, capture.State);
    }

    [Fact(Skip = "Only Linux lists threads by their names.", SkipUnless = nameof(ListsThreads))]
    public async Task PipesThatAreNotThereTakeNoThreads()
    {
        const int Count = 400;

        // Linux keeps fifteen characters of "Console of ...".
        var name = Guid.NewGuid().ToString("N")[..4];
        var ports = Enumerable.Range(0, Count).Select(_ => ComPort.Off()).ToList();
        var captures = ports.ConvertAll(port => ConsoleCapture.Start(OptionsOf(port) with { VMName = name }));
        for (var look = 0; look < 20; look++)
        {
            Assert.Equal(0, ThreadsNamed($"Console of {name}"));
            await Task.Delay(10, Canceled);
        }

        ports[Count / 2].TurnOn();
        await ports[Count / 2].WaitForClient();
        await ports[Count / 2].Say("found");
        Assert.Equal("found", Read(captures[Count / 2].ReadFromStart(), 5));
        Assert.Equal(1, ThreadsNamed($"Console of {name}"));
        captures.ForEach(capture => capture.Dispose());
        Assert.All(captures, capture => Assert.Equal(ConsoleCaptureState.Ended, capture.State));
        ports[Count / 2].Dispose();
    }

    [Fact]
    public async Task AGuestThatRestartsBeginsABoot()
    {
        using var port = ComPort.On();
        using var capture = Start(port);
        for (var boot = 1; boot <= 3; boot++)
        {
            await port.WaitForClient();
            await port.Say($"boot {boot};");
            Read(capture.ReadFromStart(), 7 * boot);
            port.TurnOff();
            port.TurnOn();
        }

        await port.WaitForClient();
        Assert.Equal("boot 1;boot 2;boot 3;", Read(capture.ReadFromStart(), 21));
        Assert.Equal(3, capture.ReadTail(1).Read(new byte[1]).Boot.Number);
    }

    [Fact]
    public async Task NothingIsLostOfAFastGuest()
    {
        using var folder = new TemporaryFolder();
        var log = folder["console.log"];
        using var port = ComPort.On();
        using var capture = Start(port, new ConsoleLogOptions { Path = log, IsRaw = true });
        await port.WaitForClient();
        var said = new byte[(5 * 1024 * 1024) + 77];
        new Random(7).NextBytes(said);

        await port.Say(said);

        Assert.Equal(said, ReadBytes(capture.ReadFromStart(), said.Length));
        capture.End(ConsoleEndReason.Disconnected);
        Assert.Equal(said, await File.ReadAllBytesAsync(log, Canceled));
    }

    [Fact]
    public async Task TextsOfTwoSendersAreNotMixed()
    {
        using var port = ComPort.On();
        using var capture = Start(port);
        await port.WaitForClient();
        capture.WaitUntilConnected(Patience, Canceled);
        const int Length = 100_000;
        var senders = "ab".Select(letter => Task.Run(
            () => capture.Send(Encoding.ASCII.GetBytes(new string(letter, Length)), 0, Length, Canceled), Canceled)).ToArray();

        var heard = await port.Hear(2 * Length);

        await Task.WhenAll(senders);
        Assert.Equal(1, heard.Zip(heard.Skip(1)).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public async Task APacedTextComesWholeAndNotAtOnce()
    {
        using var port = ComPort.On();
        using var capture = Start(port);
        await port.WaitForClient();
        capture.WaitUntilConnected(Patience, Canceled);
        var began = DateTime.UtcNow;

        capture.SendPaced(Encoding.ASCII.GetBytes(new string('x', 100)), bytesPerSecond: 500, Canceled);

        Assert.InRange(DateTime.UtcNow - began, TimeSpan.FromMilliseconds(190), Patience);
        Assert.Equal(new string('x', 100), await port.Hear(100));
    }

    [Fact]
    public void SendingToAVMThatIsOffSaysSo()
    {
        using var port = ComPort.Off();
        using var capture = Start(port);

        var exception = Assert.Throws<ConsolePipeException>(() => capture.Send(new byte[1], 0, 1, Canceled));

        Assert.Equal(ConsolePipeFailure.NotFound, exception.Reason);
    }

    [Fact]
    public void WaitingForAVMThatStaysOffSaysSo()
    {
        using var port = ComPort.Off();
        using var capture = Start(port);

        var exception = Assert.Throws<ConsolePipeException>(
            () => capture.WaitUntilConnected(TimeSpan.FromMilliseconds(100), Canceled));

        Assert.Equal(ConsolePipeFailure.NotFound, exception.Reason);
    }

    [Fact]
    public async Task WaitingForThePipeIsCanceledAtOnce()
    {
        using var port = ComPort.Off();
        using var capture = Start(port);
        using var cancel = new CancellationTokenSource();
        var waiting = Task.Run(() => capture.WaitUntilConnected(Timeout.InfiniteTimeSpan, cancel.Token), Canceled);

        cancel.Cancel();

        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task AnEndedCaptureFreesThePipeAndCanBeRead()
    {
        using var port = ComPort.On();
        using var capture = Start(port);
        await port.WaitForClient();
        await port.Say("last words");
        Read(capture.ReadFromStart(), 10);

        capture.End(ConsoleEndReason.VMStopped);

        Assert.Equal((ConsoleCaptureState.Ended, ConsoleEndReason.VMStopped), (capture.State, capture.EndReason));
        Assert.Equal("last words", Read(capture.ReadFromStart(), 10));
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await port.Hear(1);
        });
    }

    [Fact]
    public void ACaptureWhosePipeNeverCameEndsAtOnceAndClosesItsLog()
    {
        using var folder = new TemporaryFolder();
        var log = folder["console.log"];
        File.WriteAllText(log, "what the last boot said");
        using var port = ComPort.Off();
        var capture = Start(port, new ConsoleLogOptions { Path = log });

        capture.End(ConsoleEndReason.VMRemoved);

        Assert.Equal((ConsoleCaptureState.Ended, ConsoleEndReason.VMRemoved), (capture.State, capture.EndReason));
        Assert.True(capture.Buffer.IsCompleted);
        using var alone = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.None));
        Assert.Equal("what the last boot said", alone.ReadToEnd());
    }

    [Fact]
    public async Task ACaptureWithoutItsPipeDoesNotSayThatItHoldsIt()
    {
        var port = ComPort.On();
        using var capture = Start(port);
        await port.WaitForClient();
        capture.WaitUntilConnected(Patience, Canceled);
        Assert.NotNull(ConsoleHold.Find(ConsolePipePath.Parse(port.Path)));

        port.TurnOff();
        Assert.True(SpinWait.SpinUntil(() => capture.State == ConsoleCaptureState.Connecting, TimeSpan.FromMinutes(1)));
        Assert.Null(ConsoleHold.Find(ConsolePipePath.Parse(port.Path)));
    }

    [Fact]
    public async Task TheFirstReasonForTheEndStands()
    {
        using var port = ComPort.On();
        var capture = Start(port);
        await port.WaitForClient();

        capture.End(ConsoleEndReason.VMRemoved);
        capture.End(ConsoleEndReason.ProcessExit);
        capture.Dispose();

        Assert.Equal(ConsoleEndReason.VMRemoved, capture.EndReason);
    }

    [Fact]
    public void ABadPathIsRefusedBeforeAnythingStarts()
    {
        var exception = Assert.Throws<ConsolePipeException>(
            () => ConsoleCapture.Start(new ConsoleCaptureOptions { PipePath = "COM1", VMId = Guid.NewGuid(), VMName = "web" }));

        Assert.Equal(ConsolePipeFailure.BadPath, exception.Reason);
    }

    internal static ConsoleCapture Start(ComPort port, ConsoleLogOptions? log = null) =>
        ConsoleCapture.Start(OptionsOf(port) with { Log = log });

    internal static ConsoleCaptureOptions OptionsOf(ComPort port) =>
        new() { PipePath = port.Path, VMId = Guid.NewGuid(), VMName = "web" };

    internal static string Read(ConsoleReader reader, int count) => Encoding.UTF8.GetString(ReadBytes(reader, count));

    private static int ThreadsNamed(string name) =>
        Directory.EnumerateDirectories("/proc/self/task").Count(thread =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(thread, "comm")).TrimEnd('\n') == name;
            }
            catch (IOException)
            {
                // It has ended meanwhile.
                return false;
            }
        });

    private static byte[] ReadBytes(ConsoleReader reader, int count)
    {
        using var all = new MemoryStream();
        var bytes = new byte[ConsoleChunk.Size];
        while (all.Length < count)
        {
            var block = reader.Read(bytes);
            all.Write(bytes, 0, block.Count);
            Assert.True(block.Count > 0 || reader.Wait(Patience, Canceled), $"Only {all.Length} of {count} bytes came.");
        }

        return all.ToArray();
    }
}
