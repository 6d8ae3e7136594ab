using System;
using System.Diagnostics;

namespace LinuxKitHyperV.Console;

/// <summary>
/// Lets a thread that waits for a console ask, about once a second while the pipe is away, whether the VM still runs.
/// </summary>
/// <param name="capture">The console.</param>
/// <param name="whileAway">What to call; it may end the capture.</param>
internal sealed class AwayWatch(ConsoleCapture capture, Action? whileAway)
{
    /// <summary>How long such a thread may wait before it looks again.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan AskInterval = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _sinceAsked = Stopwatch.StartNew();

    /// <summary>Asks, if it is time to.</summary>
    public void Look()
    {
        if (capture.TimeAway >= AskInterval && _sinceAsked.Elapsed >= AskInterval)
        {
            whileAway?.Invoke();
            _sinceAsked.Restart();
        }
    }
}
