using System;
using System.Text;

namespace LinuxKitHyperV.Console.Shell;

/// <summary>What a command in a guest did.</summary>
public sealed class ConsoleCommandResult
{
    internal ConsoleCommandResult(string vmName, string command, int? exitCode, byte[] output, TimeSpan duration, bool isShellUsable)
    {
        VMName = vmName;
        Command = command;
        ExitCode = exitCode;
        OutputBytes = output;
        Duration = duration;
        IsShellUsable = isShellUsable;
    }

    /// <summary>The VM's name.</summary>
    public string VMName { get; }

    /// <summary>The command.</summary>
    public string Command { get; }

    /// <summary>The exit code; null where the command was interrupted.</summary>
    public int? ExitCode { get; }

    /// <summary>What the command wrote to its output and its errors, as text.</summary>
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>The same, byte for byte; of a command that was interrupted, what had come.</summary>
    public byte[] OutputBytes { get; }

    /// <summary>How long the command ran.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Whether the command was interrupted because its time had passed.</summary>
    public bool TimedOut => ExitCode is null;

    /// <summary>Whether the shell takes further commands; false where it did not come back from an interruption.</summary>
    public bool IsShellUsable { get; }
}
