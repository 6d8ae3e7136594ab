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

    /// <summary>Gets why the pipe failed.</summary>
    public ConsolePipeFailure Reason { get; }

    /// <summary>Gets the path of the pipe.</summary>
    public string PipePath { get; }

    /// <summary>Gets the process that captures the console, where it is one that runs this module.</summary>
    public ConsoleHolder? Holder { get; private set; }

    /// <summary>The same failure, naming who holds the pipe.</summary>
    internal ConsolePipeException With(ConsoleHolder holder) =>
        new(Reason, $"{Message} Process {holder} captures this console.", PipePath, InnerException) { Holder = holder };

    private static string Describe(ConsolePipeFailure reason, string path, Exception? innerException) => reason switch
    {
        ConsolePipeFailure.NotFound => $"There is no pipe '{path}': the VM is not running, or its COM port has another pipe.",
        ConsolePipeFailure.AccessDenied => $"Access to the pipe '{path}' is denied. Run PowerShell as administrator, or as a member of Hyper-V Administrators.",
        ConsolePipeFailure.InUse => $"The pipe '{path}' is in use. It takes one client at a time.",
        ConsolePipeFailure.Ended => $"The connection to the pipe '{path}' ended: the guest restarted or stopped.",
        ConsolePipeFailure.BadPath => $"'{path}' is no path of a pipe: it has the form \\\\.\\pipe\\NAME or \\\\HOST\\pipe\\NAME.",
        ConsolePipeFailure.HostUnreachable => $"The computer of the pipe '{path}' does not answer.",
        _ => $"The pipe '{path}' failed: {innerException?.Message}",
    };
}
