using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.Planning;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

/// <summary>What is said of a wait, and how it ends.</summary>
public sealed class PatientWaitTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly Listener _listener = new();

    [Fact]
    public void AShortWaitIsNotTold()
    {
        var looks = 0;
        Assert.True(new PatientWait(_listener, CancellationToken.None).Until("a bus", Long, Step, () => ++looks == 3));
        Assert.Empty(_listener.Told);
    }

    [Fact]
    public void ALongWaitSaysOnceWhatItWaitsForAndThatItHasEnded()
    {
        var clock = Stopwatch.StartNew();
        Assert.True(new PatientWait(_listener, CancellationToken.None).Until("a bus", Long, Step, () => clock.Elapsed > TimeSpan.FromSeconds(2.5)));
        Assert.Equal(["a bus", "ended"], _listener.Told);
    }

    [Fact]
    public void AWaitInVainLooksOnceMoreAtItsEnd()
    {
        var limit = TimeSpan.FromMilliseconds(300);
        var clock = Stopwatch.StartNew();
        var last = TimeSpan.Zero;
        Assert.False(new PatientWait(_listener, CancellationToken.None).Until("a bus", limit, Step, () =>
        {
            last = clock.Elapsed;
            return false;
        }));
        Assert.True(last >= limit);
    }

    [Fact]
    public void AStopEndsIt()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        Assert.Throws<PipelineStoppedException>(() => new PatientWait(_listener, stop.Token).Until("a bus", Timeout.InfiniteTimeSpan, Step, () => false));
        Assert.Equal(["a bus", "ended"], _listener.Told);
    }

    private sealed class Listener : SilentReport
    {
        public List<string> Told { get; } = [];

        public override void Waiting(string what) => Told.Add(what);

        public override void WaitEnded() => Told.Add("ended");
    }
}
