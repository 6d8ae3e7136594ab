using System;
using System.Threading;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

/// <summary>The arithmetic of time limits, by a clock that the test sets.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private TimeSpan _now;

    [Fact]
    public void TheTimeHasPassedAtTheLimitAndNotBefore()
    {
        var deadline = Of(Limit);
        Assert.False(deadline.HasPassed);
        _now = Limit - Tick;
        Assert.False(deadline.HasPassed);
        _now = Limit;
        Assert.True(deadline.HasPassed);
        _now = Limit + Tick;
        Assert.True(deadline.HasPassed);
    }

    [Fact]
    public void NoTimeHasPassedAtOnce() => Assert.True(Of(TimeSpan.Zero).HasPassed);

    [Fact]
    public void WithoutALimitTheTimeNeverPasses()
    {
        var deadline = Of(Timeout.InfiniteTimeSpan);
        _now = TimeSpan.MaxValue;
        Assert.False(deadline.HasPassed);
        Assert.Equal(Limit, deadline.Limit(Limit));
        Assert.Equal(Timeout.InfiniteTimeSpan, deadline.Limit(Timeout.InfiniteTimeSpan));
    }

    [Theory]
    [InlineData(0, 3, 3)]
    [InlineData(0, 10, 10)]
    [InlineData(0, 11, 10)]
    [InlineData(7, 2, 2)]
    [InlineData(7, 4, 3)]
    [InlineData(10, 1, 0)]
    [InlineData(25, 1, 0)]
    public void AWaitTakesNoMoreThanIsLeft(int elapsedSeconds, int waitSeconds, int expectedSeconds)
    {
        var deadline = Of(Limit);
        _now = TimeSpan.FromSeconds(elapsedSeconds);
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), deadline.Limit(TimeSpan.FromSeconds(waitSeconds)));
    }

    [Fact]
    public void AnEndlessWaitTakesWhatIsLeft()
    {
        var deadline = Of(Limit);
        _now = TimeSpan.FromSeconds(4);
        Assert.Equal(TimeSpan.FromSeconds(6), deadline.Limit(Timeout.InfiniteTimeSpan));
        _now = Limit;
        Assert.Equal(TimeSpan.Zero, deadline.Limit(Timeout.InfiniteTimeSpan));
    }

    private Deadline Of(TimeSpan timeout) => new(timeout, () => _now);
}
