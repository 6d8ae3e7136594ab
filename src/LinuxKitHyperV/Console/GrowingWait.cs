using System;

namespace LinuxKitHyperV.Console;

/// <summary>How long to wait between attempts: shortly at first, growing up to a bound.</summary>
internal sealed class GrowingWait
{
    private const int FirstMilliseconds = 1;

    // What nobody reads is lost, so a pipe that appears must be found before the guest says much; twenty looks a
    // second cost next to nothing.
    private const int LongestMilliseconds = 50;

    private int _milliseconds = FirstMilliseconds;

    /// <summary>How long to wait for the next attempt.</summary>
    public int NextMilliseconds()
    {
        var next = _milliseconds;
        _milliseconds = Math.Min(_milliseconds * 2, LongestMilliseconds);
        return next;
    }
}
