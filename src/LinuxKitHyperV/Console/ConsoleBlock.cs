using System;

namespace LinuxKitHyperV.Console;

/// <summary>Bytes of a console that came in together, in the buffer of whoever read them.</summary>
internal readonly struct ConsoleBlock(int count, long position, ConsoleBoot boot, DateTime time, long dropped)
{
    /// <summary>Gets how many bytes were read.</summary>
    public int Count { get; } = count;

    /// <summary>Gets the position of the first of them in the capture.</summary>
    public long Position { get; } = position;

    /// <summary>Gets the boot they belong to.</summary>
    public ConsoleBoot Boot { get; } = boot;

    /// <summary>Gets when they arrived, in universal time.</summary>
    public DateTime Time { get; } = time;

    /// <summary>Gets how many bytes before them the buffer had dropped before they were read.</summary>
    public long Dropped { get; } = dropped;
}
