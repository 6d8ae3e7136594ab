using LinuxKitHyperV.Console;
using LinuxKitHyperV.Console.Shell;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Guests;

/// <summary>Turns the failures of consoles into errors that say what to do.</summary>
internal static class ConsoleErrors
{
    /// <summary>Our error for a pipe's failure.</summary>
    public static LinuxKitException Translate(ConsolePipeException exception, string machineName)
    {
        var (errorId, kind, remedy) = exception.Reason switch
        {
            ConsolePipeFailure.NotFound => ("ConsoleNotFound", FailureKind.ObjectNotFound, "Check with Get-LinuxKitVM that the VM is running."),
            ConsolePipeFailure.AccessDenied => ("ConsoleAccessDenied", FailureKind.PermissionDenied, HostRemedy.AskForRights),
            ConsolePipeFailure.InUse => (
                "ConsoleInUse",
                FailureKind.ResourceBusy,
                "Close the other program, or use the PowerShell window that captures the console, or end its capture with Disconnect-LinuxKitConsole."),
            ConsolePipeFailure.HostUnreachable => ("ConsoleHostUnreachable", FailureKind.ResourceUnavailable, "Check the computer's name and that its pipes can be reached."),
            _ => ("ConsoleFailed", FailureKind.ReadError, "Try again."),
        };
        return new LinuxKitException(
            errorId,
            kind,
            $"The console of the VM '{machineName}' cannot be used. {exception.Message}",
            machineName,
            remedy,
            exception);
    }

    /// <summary>The id, the kind and the words for a boot that failed; null where a watch ended otherwise.</summary>
    public static (string ErrorId, FailureKind Kind, string What)? FailedBoot(ConsoleWatchEnd end) => end switch
    {
        ConsoleWatchEnd.KernelPanic => ("GuestKernelPanic", FailureKind.InvalidOperation, "its kernel panicked"),
        ConsoleWatchEnd.EmergencyShell => ("GuestEmergencyShell", FailureKind.InvalidOperation, "its boot failed and left an emergency shell"),
        _ => null,
    };

    /// <summary>Our error for a command that could not be run.</summary>
    public static LinuxKitException Translate(ConsoleShellException exception, string machineName)
    {
        var (errorId, kind, remedy) = exception.Reason switch
        {
            ConsoleShellFailure.NoShell => (
                "GuestShellNotFound",
                FailureKind.ResourceUnavailable,
                "Wait with Wait-LinuxKitConsole until the guest has booted, and leave the prompt of its shell on the console, or end what runs there with Send-LinuxKitConsole -Key CtrlC."),
            ConsoleShellFailure.LoginRequired => ("GuestLoginRequired", FailureKind.PermissionDenied, "Give -Credential."),
            ConsoleShellFailure.LoginFailed => ("GuestLoginFailed", FailureKind.PermissionDenied, "Check the user name and the password in -Credential."),
            ConsoleShellFailure.GuestRestarted => ("GuestRestarted", FailureKind.InvalidOperation, "Wait until the guest is up, and run the command again if it may run twice."),
            ConsoleShellFailure.CaptureEnded => ("ConsoleEnded", FailureKind.InvalidOperation, "Check with Get-LinuxKitVM that the VM is running."),
            ConsoleShellFailure.OutputDisturbed => ("GuestOutputDisturbed", FailureKind.InvalidData, "Run it again, with the kernel's messages off: dmesg -n 1."),
            ConsoleShellFailure.OutputTooLong => ("GuestOutputTooLong", FailureKind.InvalidData, "Have the command say less, as with head -c, or write to a disk."),
            _ => ("GuestLacksBase64", FailureKind.NotImplemented, "Add the base64 command to the image, or do without -InputObject."),
        };
        return new LinuxKitException(errorId, kind, exception.Message, machineName, remedy, exception);
    }
}
