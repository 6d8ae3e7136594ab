using System;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>A place in a console's buffer from which one reader reads on.</summary>
internal sealed class ConsoleReader(ConsoleBuffer buffer, long position)
{
    private long _limit = long.MaxValue;

    /// <summary>The position of the next byte.</summary>
    public long Position { get; private set; } = position;

    /// <summary>How many bytes were dropped from the buffer before this reader came to them.</summary>
    public long Dropped { get; private set; }

    /// <summary>Whether everything was read and no more will come.</summary>
    public bool IsAtEnd => buffer.IsCompleted && Position >= buffer.End;

    /// <summary>Limits reading to what is there now, until it is called again: some guests never pause.</summary>
    public void LimitToNow() => _limit = buffer.End;

    /// <summary>Reads what is there.</summary>
    /// <returns>A block whose count is 0 when there is nothing yet.</returns>
    public ConsoleBlock Read(byte[] destination)
    {
        if (Position >= _limit)
        {
            return default;
        }

        var block = buffer.Read(Position, destination);
        if (block.Count > 0)
        {
            Position = block.Position + block.Count;
            Dropped += block.Dropped;
        }

        return block;
    }

    /// <summary>Waits for more.</summary>
    /// <returns>Whether there is any; false when the time passed, or no more will come.</returns>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken) =>
        buffer.Wait(Position, timeout, cancellationToken);
}
