using System;

namespace LinuxKitHyperV.Console;

/// <summary>A piece of a console's buffer, with the times at which its bytes arrived.</summary>
internal sealed class ConsoleChunk
{
    /// <summary>
    /// Large enough for reads that drain a pipe as fast as it can be filled, and for .NET to keep the bytes where
    /// it found room for them: arrays under 85,000 bytes are moved about.
    /// </summary>
    public const int Size = 128 * 1024;

    private const int MarkLimit = 512;
    private const int FirstGap = 1;

    private readonly int[] _offsets = new int[MarkLimit];
    private readonly long[] _ticks = new long[MarkLimit];
    private int _marks;
    private int _gap = FirstGap;

    /// <summary>The storage.</summary>
    public byte[] Bytes { get; } = new byte[Size];

    /// <summary>Forgets the times, for the chunk to be filled anew.</summary>
    public void Clear()
    {
        _marks = 0;
        _gap = FirstGap;
    }

    /// <summary>Notes that bytes from an offset on arrived at a time.</summary>
    public void Mark(int offset, long ticks)
    {
        if (_marks > 0 &&
            (ticks - _ticks[_marks - 1] < TimeSpan.TicksPerMillisecond || offset - _offsets[_marks - 1] < _gap))
        {
            return;
        }

        if (_marks == MarkLimit)
        {
            Thin();
        }

        _offsets[_marks] = offset;
        _ticks[_marks] = ticks;
        _marks++;
    }

    /// <summary>Finds when the byte at an offset arrived, and where the bytes of the next time begin.</summary>
    public long TicksAt(int offset, out int nextOffset)
    {
        var found = Array.BinarySearch(_offsets, 0, _marks, offset);
        var mark = found >= 0 ? found : ~found - 1;
        nextOffset = mark + 1 < _marks ? _offsets[mark + 1] : Size;
        return _ticks[mark];
    }

    /// <summary>
    /// Keeps every other time, and asks for twice the distance from here on: a guest that sends its bytes one by
    /// one must not make the times larger than the bytes.
    /// </summary>
    private void Thin()
    {
        _marks /= 2;
        for (var i = 0; i < _marks; i++)
        {
            _offsets[i] = _offsets[2 * i];
            _ticks[i] = _ticks[2 * i];
        }

        _gap *= 2;
    }
}
