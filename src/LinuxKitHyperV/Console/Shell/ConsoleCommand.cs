using System;
using System.Net;

namespace LinuxKitHyperV.Console.Shell;

/// <summary>A command for a guest's shell.</summary>
internal sealed record ConsoleCommand
{
    /// <summary>The text of the command or script, for a POSIX shell.</summary>
    public required string Script { get; init; }

    /// <summary>What the command reads; null for nothing.</summary>
    public byte[]? Input { get; init; }

    /// <summary>How long the command may run before it is interrupted.</summary>
    public TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>How long to wait for a shell to answer.</summary>
    public TimeSpan ShellTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Who logs in where the console asks for it.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>What is called on the caller's thread, about once a second, while the pipe is away.</summary>
    public Action? WhileAway { get; init; }
}
