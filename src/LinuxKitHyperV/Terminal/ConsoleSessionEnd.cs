namespace LinuxKitHyperV.Terminal;

/// <summary>Why an interactive session with a console, or a copy of one, ended.</summary>
internal enum ConsoleSessionEnd
{
    /// <summary>The escape key was pressed.</summary>
    Left,

    /// <summary>The capture ended: the VM stopped, or somebody disconnected it.</summary>
    CaptureEnded,

    /// <summary>It was canceled.</summary>
    Canceled,

    /// <summary>The time has passed.</summary>
    TimedOut,

    /// <summary>The terminal is gone.</summary>
    TerminalClosed,
}
