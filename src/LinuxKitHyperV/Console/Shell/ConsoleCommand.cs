using System;
using System.Net;

namespace LinuxKitHyperV.Console.Shell;

/// <summary>A command for a guest's shell.</summary>
internal sealed record ConsoleCommand
{
    /// <summary>Gets the text of the command or script, for a POSIX shell.</summary>
    public required string Script { get; init; }

    /// <summary>Gets what the command reads; null for nothing.</summary>
    public byte[]? Input { get; init; }

    /// <summary>Gets how long the command may run before it is interrupted.</summary>
    public TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>Gets how long to wait for a shell to answer.</summary>
    public TimeSpan ShellTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets who logs in where the console asks for it.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>Gets what is called on the caller's thread, about once a second, while the pipe is away.</summary>
    public Action? WhileAway { get; init; }
}
