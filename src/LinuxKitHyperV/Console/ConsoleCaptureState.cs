namespace LinuxKitHyperV.Console;

/// <summary>How a capture stands to its pipe.</summary>
internal enum ConsoleCaptureState
{
    /// <summary>It is trying to open the pipe.</summary>
    Connecting,

    /// <summary>It has the pipe.</summary>
    Connected,

    /// <summary>It has ended; what it captured can still be read.</summary>
    Ended,
}

/// <summary>Why the capture of a console ended.</summary>
internal enum ConsoleEndReason
{
    /// <summary>Somebody ended it and freed the pipe.</summary>
    Disconnected,

    /// <summary>The VM is off, saved or paused.</summary>
    VMStopped,

    /// <summary>The VM is gone.</summary>
    VMRemoved,

    /// <summary>The module was removed from the runspace that owns the capture.</summary>
    ModuleRemoved,

    /// <summary>The process ends.</summary>
    ProcessExit,

    /// <summary>The capture itself failed: see <see cref="ConsoleCapture.Failure"/>.</summary>
    Failed,
}
