using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace LinuxKitHyperV.Console;

/// <summary>A wait for one of several consoles, all of which are waited for together.</summary>
/// <param name="Watch">What the console shall say.</param>
/// <param name="Away">Looks, on the caller's thread, whether the VM still runs.</param>
/// <param name="Ended">Takes what came of it, on the caller's thread.</param>
internal sealed record ConsoleWait(ConsoleWatch Watch, AwayWatch Away, Action<ConsoleWatchResult> Ended)
{
    /// <summary>Waits for all of them, and tells of each as soon as it has ended, whichever it is.</summary>
    /// <remarks>
    /// Each console is watched by a thread, as each is captured by one: a pattern that is slow on what one guest says then
    /// keeps neither the others' results nor a stop waiting.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public static void Run(IEnumerable<ConsoleWait> waits, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = waits.Select(wait => (Wait: wait, Result: wait.Start(timeout, ending.Token))).ToList();
        try
        {
            while (running.Count > 0)
            {
                var index = Task.WaitAny([.. running.Select(one => one.Result)], (int)AwayWatch.LookInterval.TotalMilliseconds, cancellationToken);
                if (index >= 0)
                {
                    var (wait, result) = running[index];
                    running.RemoveAt(index);
                    wait.Ended(result.GetAwaiter().GetResult());
                }

                running.ForEach(one => one.Wait.Away.Look());
            }
        }
        finally
        {
            ending.Cancel();
        }
    }

    private Task<ConsoleWatchResult> Start(TimeSpan timeout, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () => Watch.Run(timeout, cancellationToken),
        cancellationToken,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
