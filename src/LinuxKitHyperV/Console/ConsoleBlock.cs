using System;

namespace LinuxKitHyperV.Console;

/// <summary>Bytes of a console that came in together, in the buffer of whoever read them.</summary>
internal readonly struct ConsoleBlock(int count, long position, ConsoleBoot boot, DateTime time, long dropped)
{
    /// <summary>How many bytes were read.</summary>
    public int Count { get; } = count;

    /// <summary>The position of the first of them in the capture.</summary>
    public long Position { get; } = position;

    /// <summary>The boot they belong to.</summary>
    public ConsoleBoot Boot { get; } = boot;

    /// <summary>When they arrived, in universal time.</summary>
    public DateTime Time { get; } = time;

    /// <summary>How many bytes before them the buffer had dropped before they were read.</summary>
    public long Dropped { get; } = dropped;
}

/// <summary>What a guest says between two resets: the console of one connection to its pipe.</summary>
internal sealed class ConsoleBoot(int number, long position, DateTime time)
{
    /// <summary>The boot's number, counted from 1 since the capture began.</summary>
    public int Number { get; } = number;

    /// <summary>The position of its first byte in the capture.</summary>
    public long Position { get; } = position;

    /// <summary>When the pipe was opened for it, in universal time.</summary>
    public DateTime Time { get; } = time;
}
