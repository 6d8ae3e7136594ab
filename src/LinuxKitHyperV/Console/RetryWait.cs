using System;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>Waits between attempts: short at first, growing up to a bound, never longer than a time limit leaves.</summary>
internal sealed class RetryWait(TimeSpan timeout)
{
    private const int FirstMilliseconds = 1;

    // What nobody reads is lost, so a pipe that appears must be found before the guest says much; twenty looks a
    // second cost next to nothing.
    private const int LongestMilliseconds = 50;

    private readonly Deadline _deadline = new(timeout);
    private int _milliseconds = FirstMilliseconds;

    /// <summary>Waits for the next attempt.</summary>
    /// <returns>Whether there is time for one.</returns>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public bool Next(CancellationToken cancellationToken)
    {
        if (_deadline.HasPassed)
        {
            return false;
        }

        cancellationToken.WaitHandle.WaitOne(_deadline.Limit(TimeSpan.FromMilliseconds(_milliseconds)));
        cancellationToken.ThrowIfCancellationRequested();
        _milliseconds = Math.Min(_milliseconds * 2, LongestMilliseconds);
        return true;
    }
}
