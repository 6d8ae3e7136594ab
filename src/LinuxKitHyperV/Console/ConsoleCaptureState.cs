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
