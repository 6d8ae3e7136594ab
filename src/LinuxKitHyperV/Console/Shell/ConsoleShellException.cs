using System;

namespace LinuxKitHyperV.Console.Shell;

/// <summary>A command could not be run over a console.</summary>
public sealed class ConsoleShellException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="vmName">The VM's name.</param>
    /// <param name="lastLine">What the console shows.</param>
    public ConsoleShellException(ConsoleShellFailure reason, string vmName, string? lastLine = null)
        : base(Describe(reason, vmName) + (string.IsNullOrWhiteSpace(lastLine) ? string.Empty : $" The console shows: {lastLine}"))
    {
        Reason = reason;
    }

    /// <summary>Why the command could not be run.</summary>
    public ConsoleShellFailure Reason { get; }

    private static string Describe(ConsoleShellFailure reason, string vmName) => reason switch
    {
        ConsoleShellFailure.NoShell => $"No shell answers on the console of '{vmName}'.",
        ConsoleShellFailure.LoginRequired => $"The console of '{vmName}' asks for a login.",
        ConsoleShellFailure.LoginFailed => $"The login on the console of '{vmName}' was refused.",
        ConsoleShellFailure.GuestRestarted => $"'{vmName}' restarted before the command had ended.",
        ConsoleShellFailure.CaptureEnded => $"The console of '{vmName}' ended before the command had.",
        ConsoleShellFailure.OutputDisturbed => $"Something else wrote to the console of '{vmName}' while the command ran, and its output cannot be told from it.",
        ConsoleShellFailure.OutputTooLong => $"'{vmName}' said more than is kept of it, {ShellConversation.MaximumBytes >> 20} MiB, or more at once than could be read, and the command was interrupted.",
        ConsoleShellFailure.NoBase64 => $"'{vmName}' has no base64 command, which -InputObject takes.",
        _ => reason.ToString(),
    };
}

/// <summary>Why a command could not be run over a console.</summary>
public enum ConsoleShellFailure
{
    /// <summary>No shell answered.</summary>
    NoShell,

    /// <summary>The console asks for a login, and no credential was given.</summary>
    LoginRequired,

    /// <summary>The login was refused.</summary>
    LoginFailed,

    /// <summary>The guest restarted before the command had ended.</summary>
    GuestRestarted,

    /// <summary>The capture of the console ended before the command had: the VM stopped.</summary>
    CaptureEnded,

    /// <summary>Something else wrote to the console, and the output cannot be told from it.</summary>
    OutputDisturbed,

    /// <summary>The guest said more than is kept of a command's output.</summary>
    OutputTooLong,

    /// <summary>The guest has no base64 command, which input for a command takes.</summary>
    NoBase64,
}
