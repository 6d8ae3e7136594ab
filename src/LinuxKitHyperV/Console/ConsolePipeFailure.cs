namespace LinuxKitHyperV.Console;

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
