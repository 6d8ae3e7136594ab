namespace LinuxKitHyperV.Console.Shell;

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
