using System;

namespace LinuxKitHyperV.Console;

/// <summary>What a guest says between two resets: the console of one connection to its pipe.</summary>
internal sealed class ConsoleBoot(int number, long position, DateTime time)
{
    /// <summary>Gets the boot's number, counted from 1 since the capture began.</summary>
    public int Number { get; } = number;

    /// <summary>Gets the position of its first byte in the capture.</summary>
    public long Position { get; } = position;

    /// <summary>Gets when the pipe was opened for it, in universal time.</summary>
    public DateTime Time { get; } = time;
}
