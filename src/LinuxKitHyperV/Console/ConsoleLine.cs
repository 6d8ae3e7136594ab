using System;

namespace LinuxKitHyperV.Console;

/// <summary>A line of a VM's serial console, as a terminal would show it.</summary>
public sealed class ConsoleLine
{
    internal ConsoleLine(string vmName, int bootNumber, DateTime time, TimeSpan elapsed, string text, bool isComplete)
    {
        VMName = vmName;
        BootNumber = bootNumber;
        Time = time;
        Elapsed = elapsed;
        Text = text;
        IsComplete = isComplete;
    }

    /// <summary>The VM's name.</summary>
    public string VMName { get; }

    /// <summary>The boot that said it, counted from 1 since the capture began.</summary>
    public int BootNumber { get; }

    /// <summary>When its first byte arrived, in local time.</summary>
    public DateTime Time { get; }

    /// <summary>How long after the boot's start that was.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The text, without control characters and sequences.</summary>
    public string Text { get; }

    /// <summary>Whether the line has ended; a prompt has not.</summary>
    public bool IsComplete { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
