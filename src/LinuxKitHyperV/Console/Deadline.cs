using System;
using System.Diagnostics;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>The end of a time limit that begins now; <see cref="Timeout.InfiniteTimeSpan"/> is none.</summary>
/// <param name="timeout">The limit.</param>
/// <param name="elapsed">Tells how much time has passed; null for the computer's clock.</param>
internal sealed class Deadline(TimeSpan timeout, Func<TimeSpan>? elapsed = null)
{
    private readonly Func<TimeSpan> _elapsed = elapsed ?? SinceNow();

    /// <summary>Whether the time has passed.</summary>
    public bool HasPassed => timeout != Timeout.InfiniteTimeSpan && _elapsed() >= timeout;

    /// <summary>Shortens a wait to the time that is left.</summary>
    public TimeSpan Limit(TimeSpan wait)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return wait;
        }

        var left = timeout - _elapsed();
        return left <= TimeSpan.Zero ? TimeSpan.Zero
            : wait == Timeout.InfiniteTimeSpan || left < wait ? left
            : wait;
    }

    private static Func<TimeSpan> SinceNow()
    {
        var clock = Stopwatch.StartNew();
        return () => clock.Elapsed;
    }
}
