using LinuxKitHyperV.Console;

namespace LinuxKitHyperV.Commands;

/// <summary>Turns the failures of a console's pipe into errors that say what to do.</summary>
internal static class ConsoleErrors
{
    /// <summary>Our error for a pipe's failure.</summary>
    public static LinuxKitException Translate(ConsolePipeException exception, string machineName)
    {
        var (errorId, kind, remedy) = exception.Reason switch
        {
            ConsolePipeFailure.NotFound => ("ConsoleNotFound", FailureKind.ObjectNotFound, "Check with Get-LinuxKitVM that the VM is running."),
            ConsolePipeFailure.AccessDenied => (
                "ConsoleAccessDenied",
                FailureKind.PermissionDenied,
                "Run PowerShell as administrator, or as a member of Hyper-V Administrators (S-1-5-32-578)."),
            ConsolePipeFailure.InUse => (
                "ConsoleInUse",
                FailureKind.ResourceBusy,
                "Close the other program, or use the PowerShell window that captures the console."),
            ConsolePipeFailure.HostUnreachable => ("ConsoleHostUnreachable", FailureKind.ResourceUnavailable, "Check the computer's name and that its pipes can be reached."),
            _ => ("ConsoleFailed", FailureKind.ReadError, "Try again."),
        };
        return new LinuxKitException(
            errorId,
            kind,
            $"The console of the VM '{machineName}' cannot be opened. {exception.Message}",
            machineName,
            remedy,
            exception);
    }
}
