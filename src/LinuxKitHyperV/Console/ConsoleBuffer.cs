using System;
using System.Collections.Generic;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>
/// The newest bytes of a console, up to a bound, at positions counted from the capture's start. One thread appends;
/// any number read. Chunks are used in turn, so that a long capture makes no garbage.
/// </summary>
internal sealed class ConsoleBuffer
{
    // Whoever writes to the pipe goes on when a read has made room: a longer one keeps them waiting longer.
    private const int MostAtOnce = ConsoleChunk.Size / 2;

    private readonly object _gate = new();
    private readonly ConsoleChunk?[] _chunks;
    private readonly List<ConsoleBoot> _boots = [];
    private long _start;
    private long _end;
    private bool _completed;

    /// <summary>Makes a buffer.</summary>
    /// <param name="capacity">How many bytes are kept at least; one chunk more is in the making.</param>
    public ConsoleBuffer(int capacity)
    {
        if (capacity <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(capacity));
        }

        _chunks = new ConsoleChunk[((capacity - 1) / ConsoleChunk.Size) + 2];
    }

    /// <summary>The position of the oldest byte kept: how many bytes were dropped.</summary>
    public long Start
    {
        get
        {
            lock (_gate)
            {
                return _start;
            }
        }
    }

    /// <summary>The position after the newest byte.</summary>
    public long End
    {
        get
        {
            lock (_gate)
            {
                return _end;
            }
        }
    }

    /// <summary>The newest boot; null before the first.</summary>
    public ConsoleBoot? LastBoot
    {
        get
        {
            lock (_gate)
            {
                return _boots.Count == 0 ? null : _boots[_boots.Count - 1];
            }
        }
    }

    /// <summary>Whether no more bytes will come.</summary>
    public bool IsCompleted
    {
        get
        {
            lock (_gate)
            {
                return _completed;
            }
        }
    }

    /// <summary>Begins a boot at the end. A boot that brought no byte gives its number to the next.</summary>
    public void BeginBoot(DateTime time)
    {
        lock (_gate)
        {
            var number = 1;
            if (_boots.Count > 0)
            {
                var last = _boots[_boots.Count - 1];
                number = last.Number;
                if (last.Position == _end)
                {
                    _boots.RemoveAt(_boots.Count - 1);
                }
                else
                {
                    number++;
                }
            }

            _boots.Add(new ConsoleBoot(number, _end, time));
        }
    }

    /// <summary>Gives the appending thread room to fill, dropping the oldest chunk for it where need be.</summary>
    public ArraySegment<byte> Reserve()
    {
        lock (_gate)
        {
            var offset = OffsetOf(_end);
            if (offset == 0)
            {
                Drop(_end + ConsoleChunk.Size - ((long)_chunks.Length * ConsoleChunk.Size));
                var slot = SlotOf(_end);
                (_chunks[slot] ??= new ConsoleChunk()).Clear();
            }

            return new ArraySegment<byte>(ChunkAt(_end).Bytes, offset, Math.Min(MostAtOnce, ConsoleChunk.Size - offset));
        }
    }

    /// <summary>Appends the first bytes of what <see cref="Reserve"/> gave.</summary>
    public void Commit(int count, DateTime time)
    {
        lock (_gate)
        {
            ChunkAt(_end).Mark(OffsetOf(_end), time.Ticks);
            _end += count;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Says that no more bytes will come.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Copies bytes from a position, as far as they arrived together in one boot.</summary>
    /// <returns>A block whose count is 0 when there is nothing yet.</returns>
    public ConsoleBlock Read(long position, byte[] destination)
    {
        lock (_gate)
        {
            var from = Math.Max(position, _start);
            if (from >= _end)
            {
                return default;
            }

            var chunk = ChunkAt(from);
            var offset = OffsetOf(from);
            var ticks = chunk.TicksAt(offset, out var nextOffset);
            var boot = BootAt(from, out var bootEnd);
            var count = (int)Math.Min(Math.Min(nextOffset - offset, destination.Length), Math.Min(_end, bootEnd) - from);
            Buffer.BlockCopy(chunk.Bytes, offset, destination, 0, count);
            return new ConsoleBlock(count, from, boot, new DateTime(ticks, DateTimeKind.Utc), from - position);
        }
    }

    /// <summary>Finds where the last lines begin; a line that has not ended is one.</summary>
    public long FindTail(int lines)
    {
        lock (_gate)
        {
            var position = _end;
            for (var found = 0; found < lines && position > _start; found++)
            {
                do
                {
                    position--;
                }
                while (position > _start && ChunkAt(position - 1).Bytes[OffsetOf(position - 1)] != (byte)'\n');
            }

            return position;
        }
    }

    /// <summary>Waits for bytes after a position.</summary>
    /// <returns>Whether there are any; false when the time passed, or no more will come.</returns>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public bool Wait(long position, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(Wake);
        var deadline = new Deadline(timeout);
        lock (_gate)
        {
            while (_end <= position && !_completed)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (deadline.HasPassed)
                {
                    return false;
                }

                Monitor.Wait(_gate, deadline.Limit(Timeout.InfiniteTimeSpan));
            }

            return _end > position;
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Drop(long newStart)
    {
        _start = Math.Max(_start, newStart);
        var passed = _boots.FindLastIndex(boot => boot.Position <= _start);
        if (passed > 0)
        {
            _boots.RemoveRange(0, passed);
        }
    }

    private ConsoleBoot BootAt(long position, out long end)
    {
        var index = _boots.FindLastIndex(boot => boot.Position <= position);
        end = index + 1 < _boots.Count ? _boots[index + 1].Position : long.MaxValue;
        return _boots[index];
    }

    private ConsoleChunk ChunkAt(long position) => _chunks[SlotOf(position)]!;

    private int SlotOf(long position) => (int)(position / ConsoleChunk.Size % _chunks.Length);

    private static int OffsetOf(long position) => (int)(position % ConsoleChunk.Size);
}
