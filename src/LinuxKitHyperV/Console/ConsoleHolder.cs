using System;
using System.Diagnostics;

namespace LinuxKitHyperV.Console;

/// <summary>The process that captures a console.</summary>
public sealed class ConsoleHolder
{
    internal ConsoleHolder(int processId)
    {
        ProcessId = processId;
        ProcessName = NameOf(processId);
    }

    /// <summary>The process's id.</summary>
    public int ProcessId { get; }

    /// <summary>The process's name; null where it may not be asked for or has just ended.</summary>
    public string? ProcessName { get; }

    /// <inheritdoc/>
    public override string ToString() => ProcessName is null ? $"{ProcessId}" : $"{ProcessId} ({ProcessName})";

    private static string? NameOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.ProcessName;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }
}
