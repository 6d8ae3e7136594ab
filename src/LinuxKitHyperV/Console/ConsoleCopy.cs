using System;
using System.Text;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>Copies a console as text, for whoever has no terminal.</summary>
internal static class ConsoleCopy
{
    /// <summary>Copies what was captured and what comes, until the capture ends, the time has passed, or it is canceled.</summary>
    /// <param name="capture">The console.</param>
    /// <param name="reader">Where to begin.</param>
    /// <param name="write">Takes the text, on the caller's thread.</param>
    /// <param name="timeout">How long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="whileAway">What is called on the caller's thread, about once a second, while the pipe is away.</param>
    /// <param name="cancellationToken">Ends the copy at once.</param>
    public static ConsoleSessionEnd Run(
        ConsoleCapture capture,
        ConsoleReader reader,
        Action<string> write,
        TimeSpan timeout,
        Action? whileAway,
        CancellationToken cancellationToken)
    {
        // A character may come in two reads.
        var decoder = Encoding.UTF8.GetDecoder();
        var text = new char[Encoding.UTF8.GetMaxCharCount(ConsoleChunk.Size)];
        var feed = new ConsoleFeed(capture, reader, whileAway);
        var deadline = new Deadline(timeout);
        try
        {
            while (!deadline.HasPassed && feed.TryNext(deadline, out var block, cancellationToken))
            {
                var isLast = block.Count == 0;
                var count = decoder.GetChars(feed.Bytes, 0, block.Count, text, 0, flush: isLast);
                if (count > 0)
                {
                    write(new string(text, 0, count));
                }

                if (isLast)
                {
                    return ConsoleSessionEnd.CaptureEnded;
                }
            }

            return ConsoleSessionEnd.TimedOut;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ConsoleSessionEnd.Canceled;
        }
    }
}
