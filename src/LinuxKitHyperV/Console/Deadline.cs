using System;
using System.Diagnostics;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>The end of a time limit that begins now; <see cref="Timeout.InfiniteTimeSpan"/> is none.</summary>
internal sealed class Deadline(TimeSpan timeout)
{
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();

    /// <summary>Gets whether the time has passed.</summary>
    public bool HasPassed => timeout != Timeout.InfiniteTimeSpan && _elapsed.Elapsed >= timeout;

    /// <summary>Shortens a wait to what is left of the time.</summary>
    public TimeSpan Limit(TimeSpan wait)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return wait;
        }

        var left = timeout - _elapsed.Elapsed;
        return left <= TimeSpan.Zero ? TimeSpan.Zero
            : wait == Timeout.InfiniteTimeSpan || left < wait ? left
            : wait;
    }
}
