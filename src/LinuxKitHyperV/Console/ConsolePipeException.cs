using System;
using System.IO;

namespace LinuxKitHyperV.Console;

/// <summary>The pipe of a serial console could not be opened or used.</summary>
public sealed class ConsolePipeException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="reason">Why the pipe failed.</param>
    /// <param name="path">The path of the pipe.</param>
    /// <param name="innerException">What the system said.</param>
    public ConsolePipeException(ConsolePipeFailure reason, string path, Exception? innerException = null)
        : this(reason, Describe(reason, path, innerException), path, innerException)
    {
    }

    private ConsolePipeException(ConsolePipeFailure reason, string message, string path, Exception? innerException)
        : base(message, innerException)
    {
        Reason = reason;
        PipePath = path;
    }

    /// <summary>Why the pipe failed.</summary>
    public ConsolePipeFailure Reason { get; }

    /// <summary>The path of the pipe.</summary>
    public string PipePath { get; }

    /// <summary>The process that captures the console, where it is one that runs this module.</summary>
    public ConsoleHolder? Holder { get; private set; }

    /// <summary>The same failure, naming who holds the pipe.</summary>
    internal ConsolePipeException With(ConsoleHolder holder) =>
        new(Reason, $"{Message} Process {holder} captures this console.", PipePath, InnerException) { Holder = holder };

    private static string Describe(ConsolePipeFailure reason, string path, Exception? innerException) => reason switch
    {
        ConsolePipeFailure.NotFound => $"There is no pipe '{path}': the VM is not running, or its COM port has another pipe.",
        ConsolePipeFailure.AccessDenied => $"Access to the pipe '{path}' is denied.",
        ConsolePipeFailure.InUse => $"The pipe '{path}' is in use. It takes one client at a time.",
        ConsolePipeFailure.Ended => $"The connection to the pipe '{path}' ended: the guest restarted or stopped.",
        ConsolePipeFailure.BadPath => $"'{path}' is no path of a pipe: it has the form \\\\.\\pipe\\NAME or \\\\HOST\\pipe\\NAME.",
        ConsolePipeFailure.HostUnreachable => $"The computer of the pipe '{path}' does not answer.",
        _ => $"The pipe '{path}' failed: {innerException?.Message}",
    };
}

/// <summary>Why the pipe of a serial console could not be opened or used.</summary>
public enum ConsolePipeFailure
{
    /// <summary>No pipe of this name is there: the VM is not running, or has no such COM port.</summary>
    NotFound,

    /// <summary>The caller may not open the pipe.</summary>
    AccessDenied,

    /// <summary>The pipe has its one client already, or is being reset.</summary>
    InUse,

    /// <summary>The connection ended: the guest restarted or stopped.</summary>
    Ended,

    /// <summary>The text is no path of a pipe.</summary>
    BadPath,

    /// <summary>The computer in the path does not answer.</summary>
    HostUnreachable,

    /// <summary>Something else; the inner exception says what.</summary>
    Other,
}
