using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleWatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ComPort _port = ComPort.On();
    private readonly ConsoleCapture _capture;

    public ConsoleWatchTests() => _capture = ConsoleCaptureTests.Start(_port);

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _capture.Dispose();
        _port.Dispose();
    }

    [Fact]
    public async Task APatternIsFoundInWhatWasCaptured()
    {
        await Say("one\r\nversion 1.2.3\r\nthree\r\n");

        var result = Watch(@"version (\d+)");

        Assert.Equal(ConsoleWatchEnd.Matched, result.End);
        Assert.Equal(("version 1", "1", "version 1.2.3"), (result.Match!.Value, result.Match.Match.Groups[1].Value, result.Match.Line.Text));
    }

    [Fact]
    public async Task APatternIsFoundAcrossReadsAndLines()
    {
        await _port.WaitForClient();
        var watching = Task.Run(() => Watch(@"ready\nlogin:\s$"), Canceled);

        foreach (var part in new[] { "not\r\nre", "a", "dy", "\r", "\nlog", "in: " })
        {
            await _port.Say(part);
            await Task.Delay(5, Canceled);
        }

        Assert.Equal("ready\nlogin: ", (await watching).Match?.Value);
    }

    [Fact]
    public async Task AMatchAtTheEndIsGivenTimeToTurnOutToBeNone()
    {
        await _port.WaitForClient();
        var watching = Task.Run(() => Watch("^done$"), Canceled);

        await _port.Say("done");
        await Task.Delay(10, Canceled);
        await _port.Say(" with errors\r\n");
        await Task.Delay(10, Canceled);
        await _port.Say("done\r\n");

        Assert.Equal("done", (await watching).Match?.Line.Text);
    }

    [Fact]
    public async Task ColorsDoNotHideAText()
    {
        await Say("[\x1b[32m  OK  \x1b[0m] Started web.\r\n");

        Assert.Equal("[  OK  ] Started", Watch("[  OK  ] Started", isSimple: true).Match?.Value);
    }

    [Fact]
    public async Task OfSeveralPatternsTheOneThatMatchedIsTold()
    {
        await Say("it failed\r\n");

        Assert.Equal("fail(ed|ure)", Watch(["success", "fail(ed|ure)"]).Match?.Pattern);
    }

    [Fact]
    public async Task APatternFarBackInMuchTextIsFound()
    {
        await Say("needle\r\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"line {i}\r\n")));

        Assert.Equal("needle", Watch("needle").Match?.Value);
        Assert.Equal("line 4999", Watch("line 4999").Match?.Value);
    }

    [Theory]
    [InlineData("[ 1.0] Kernel panic - not syncing: VFS: Unable to mount root fs\r\n", ConsoleWatchEnd.KernelPanic)]
    [InlineData("You are in emergency mode. After logging in, type\r\n", ConsoleWatchEnd.EmergencyShell)]
    [InlineData("\r\n(initramfs) ", ConsoleWatchEnd.EmergencyShell)]
    internal async Task AFailedBootEndsTheWait(string said, ConsoleWatchEnd end)
    {
        await Say(said);

        var result = Watch("ready");

        Assert.Equal(end, result.End);
        Assert.NotNull(result.Match);
        Assert.NotEmpty(result.LastLines);
    }

    [Fact]
    public async Task AFailedBootAfterWhichTheGuestBootedAgainDoesNot()
    {
        await SayAndBootAgain("Kernel panic - not syncing: x\r\n");
        await Say("booting\r\n", before: 31);
        _capture.End(ConsoleEndReason.VMStopped);

        Assert.Equal(ConsoleWatchEnd.CaptureEnded, Watch("ready").End);
    }

    [Fact]
    public async Task ABootThatFailedAsTheOneBeforeItDidEndsTheWait()
    {
        await SayAndBootAgain("Kernel panic - not syncing: x\r\n");
        await Say("Kernel panic - not syncing: y\r\n", before: 31);

        var result = Watch("ready");

        Assert.Equal(ConsoleWatchEnd.KernelPanic, result.End);
        Assert.Equal((2, "Kernel panic - not syncing: y"), (result.Match!.BootNumber, result.Match.Line.Text));
    }

    [Fact]
    public async Task APanicCanBeWaitedFor()
    {
        await Say("Kernel panic - not syncing: x\r\n");

        Assert.Equal(ConsoleWatchEnd.Matched, Watch("Kernel panic").End);
    }

    [Fact]
    public async Task TheTimePassesThoughTheGuestTalks()
    {
        await Say("talk\r\n");

        var result = new ConsoleWatch(_capture, _capture.ReadFromStart(), [ConsoleWatch.PatternOf("x", false, false)])
            .Run(TimeSpan.FromMilliseconds(100), Canceled);

        Assert.Equal(ConsoleWatchEnd.TimedOut, result.End);
        Assert.Equal(["talk"], result.LastLines.Select(line => line.Text));
    }

    [Fact]
    public async Task SilenceEndsTheWait()
    {
        await Say("last words\r\n");

        var result = new ConsoleWatch(_capture, _capture.ReadFromStart(), [ConsoleWatch.PatternOf("x", false, false)])
        {
            SilenceLimit = TimeSpan.FromMilliseconds(100),
        }.Run(Patience, Canceled);

        Assert.Equal(ConsoleWatchEnd.Silence, result.End);
    }

    [Fact]
    public async Task TheEndOfTheCaptureEndsTheWait()
    {
        await Say("Power down\r\n");
        var watching = Task.Run(() => Watch("x"), Canceled);
        _capture.End(ConsoleEndReason.VMStopped);

        var result = await watching;
        Assert.Equal(ConsoleWatchEnd.CaptureEnded, result.End);
        Assert.Equal("Power down", result.LastLines[^1].Text);
    }

    [Fact]
    public async Task LastWordsThatMatchAreFoundThoughTheCaptureHasEnded()
    {
        await Say("bye");
        _capture.End(ConsoleEndReason.VMStopped);

        Assert.Equal(ConsoleWatchEnd.Matched, Watch("bye$").End);
    }

    [Theory]
    [InlineData("A.B", true, false, "xa.bx", true)]
    [InlineData("A.B", true, false, "axb", false)]
    [InlineData("A.B", false, false, "axb", true)]
    [InlineData("A.B", false, true, "axb", false)]
    public void APatternIsSimpleOrNotAndMindsCaseOrNot(string pattern, bool simple, bool mindsCase, string text, bool matches) =>
        Assert.Equal(matches, ConsoleWatch.PatternOf(pattern, simple, mindsCase).IsMatch(text));

    /// <param name="text">What the guest says.</param>
    /// <param name="before">How many bytes it said before.</param>
    private async Task Say(string text, int before = 0)
    {
        await _port.WaitForClient();
        await _port.Say(text);
        ConsoleCaptureTests.Read(_capture.ReadFromStart(), before + text.Length);
    }

    private async Task SayAndBootAgain(string text)
    {
        await Say(text);
        _port.TurnOff();
        _port.TurnOn();
    }

    private ConsoleWatchResult Watch(string pattern, bool isSimple = false) => new ConsoleWatch(
        _capture, _capture.ReadFromStart(), [ConsoleWatch.PatternOf(pattern, isSimple, false)]).Run(Patience, Canceled);

    private ConsoleWatchResult Watch(string[] patterns) => new ConsoleWatch(
        _capture, _capture.ReadFromStart(), [.. patterns.Select(p => ConsoleWatch.PatternOf(p, false, false))]).Run(Patience, Canceled);
}
