using System;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>
/// A reader that waits for more, and meanwhile looks whether the VM still runs.
/// </summary>
/// <param name="capture">The console.</param>
/// <param name="reader">Where to read on.</param>
/// <param name="whileAway">What to call, on the waiting thread, while the pipe is away.</param>
internal sealed class ConsoleFeed(ConsoleCapture capture, ConsoleReader reader, Action? whileAway)
{
    private readonly AwayWatch _away = new(capture, whileAway);

    /// <summary>The bytes of the block read last.</summary>
    public byte[] Bytes { get; } = new byte[ConsoleChunk.Size];

    /// <summary>Waits for the next block.</summary>
    /// <returns>A block whose count is 0 when the capture has ended and everything was read.</returns>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public ConsoleBlock Next(CancellationToken cancellationToken)
    {
        TryNext(new Deadline(Timeout.InfiniteTimeSpan), out var block, cancellationToken);
        return block;
    }

    /// <summary>Waits for the next block.</summary>
    /// <returns>False when the time has passed and nothing came.</returns>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public bool TryNext(Deadline deadline, out ConsoleBlock block, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var atEnd = reader.IsAtEnd;
            block = reader.Read(Bytes);
            if (block.Count > 0 || atEnd)
            {
                return true;
            }

            if (deadline.HasPassed)
            {
                return false;
            }

            if (!reader.Wait(deadline.Limit(AwayWatch.LookInterval), cancellationToken))
            {
                _away.Look();
            }
        }
    }
}
