using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleWaitTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<ConsoleCapture> _captures = [];

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    public void Dispose() => _captures.ForEach(capture => capture.Dispose());

    [Fact]
    public void TheTimeRunsForAllAtOnce()
    {
        const int Count = 60;
        var ends = new List<ConsoleWatchEnd>();
        var waits = Enumerable.Range(0, Count).Select(_ => Wait(Silent(), "x", result => ends.Add(result.End))).ToList();
        var elapsed = Stopwatch.StartNew();

        ConsoleWait.Run(waits, TimeSpan.FromSeconds(1), Canceled);

        // One after the other they take a second each.
        Assert.InRange(elapsed.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(Count - 1));
        Assert.Equal(Enumerable.Repeat(ConsoleWatchEnd.TimedOut, Count), ends);
    }

    [Fact]
    public async Task AVMIsLookedAtOnTheCallersThreadWhileItsPipeIsAway()
    {
        using var port = ComPort.On();
        var capture = Add(ConsoleCaptureTests.Start(port));
        await port.WaitForClient();
        port.TurnOff();
        var threads = new List<Thread>();
        ConsoleWatchResult? ended = null;
        var wait = Wait(capture, "x", result => ended = result) with
        {
            Away = new AwayWatch(capture, () =>
            {
                threads.Add(Thread.CurrentThread);
                capture.End(ConsoleEndReason.VMStopped);
            }),
        };

        ConsoleWait.Run([wait], Patience, Canceled);

        Assert.Equal([Thread.CurrentThread], threads);
        Assert.Equal(ConsoleWatchEnd.CaptureEnded, ended?.End);
    }

    [Fact]
    public async Task AVMIsNotAskedAboutWhileItsPipeIsThere()
    {
        using var port = ComPort.On();
        var capture = Add(ConsoleCaptureTests.Start(port));
        await port.WaitForClient();
        capture.WaitUntilConnected(Patience, Canceled);
        var asked = 0;
        var away = new AwayWatch(capture, () => asked++);

        // Longer than it would wait between two questions.
        for (var elapsed = Stopwatch.StartNew(); elapsed.Elapsed < TimeSpan.FromSeconds(1.2);)
        {
            await Task.Delay(AwayWatch.LookInterval, Canceled);
            away.Look();
        }

        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task AFailureToTakeAResultEndsTheWaitForAll()
    {
        using var port = ComPort.On();
        var capture = Add(ConsoleCaptureTests.Start(port));
        await port.WaitForClient();
        await port.Say("ready\r\n");
        var waits = new[] { Wait(Silent(), "x", _ => { }), Wait(capture, "ready", _ => throw new TimeZoneNotFoundException()) };

        Assert.Throws<TimeZoneNotFoundException>(() => ConsoleWait.Run(waits, Timeout.InfiniteTimeSpan, Canceled));
    }

    [Fact]
    public async Task NothingToWaitForTakesNoTime()
    {
        var running = Task.Run(() => ConsoleWait.Run([], Timeout.InfiniteTimeSpan, Canceled), Canceled);

        Assert.Same(running, await Task.WhenAny(running, Task.Delay(Patience, Canceled)));
        await running;
    }

    private static ConsoleWait Wait(ConsoleCapture capture, string pattern, Action<ConsoleWatchResult> ended) => new(
        new ConsoleWatch(capture, capture.ReadFromStart(), [ConsoleWatch.PatternOf(pattern, false, false)]),
        new AwayWatch(capture, null),
        ended);

    private ConsoleCapture Silent()
    {
        using var port = ComPort.Off();
        return Add(ConsoleCaptureTests.Start(port));
    }

    private ConsoleCapture Add(ConsoleCapture capture)
    {
        _captures.Add(capture);
        return capture;
    }
}
