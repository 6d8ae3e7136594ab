using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;

namespace LinuxKitHyperV.Planning;

/// <summary>A wait that Ctrl+C ends, and that says what it waits for when it is long enough to be wondered at.</summary>
/// <param name="report">Is told.</param>
/// <param name="stopping">Is canceled when the pipeline is stopped.</param>
internal sealed class PatientWait(IPlanReport report, CancellationToken stopping)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    /// <summary>Looks again and again, and once more when the time is over.</summary>
    /// <param name="what">What is waited for, in words that follow "Wait for".</param>
    /// <param name="limit">How long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="interval">How long between two looks.</param>
    /// <param name="look">Whether it has come.</param>
    /// <returns>Whether it came in time.</returns>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    public bool Until(string what, TimeSpan limit, TimeSpan interval, Func<bool> look)
    {
        var clock = Stopwatch.StartNew();
        var isTold = false;
        try
        {
            while (true)
            {
                // Asked before the look, so that the last look is not older than the time.
                var isOver = limit != Timeout.InfiniteTimeSpan && clock.Elapsed >= limit;
                if (look())
                {
                    return true;
                }

                if (isOver)
                {
                    return false;
                }

                if (!isTold && clock.Elapsed >= Silence)
                {
                    isTold = true;
                    report.Waiting(what);
                }

                if (stopping.WaitHandle.WaitOne(interval))
                {
                    throw new PipelineStoppedException();
                }
            }
        }
        finally
        {
            if (isTold)
            {
                report.WaitEnded();
            }
        }
    }
}
