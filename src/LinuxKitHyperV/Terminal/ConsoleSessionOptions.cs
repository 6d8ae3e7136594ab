using System;

namespace LinuxKitHyperV.Terminal;

/// <summary>How a terminal is attached to a console.</summary>
internal sealed record ConsoleSessionOptions
{
    /// <summary>Ctrl+], as in telnet and virsh.</summary>
    public const byte DefaultEscapeKey = 0x1d;

    /// <summary>The byte that leaves the session and never reaches the guest; null where all that is typed is for the guest.</summary>
    public byte? EscapeKey { get; init; } = DefaultEscapeKey;

    /// <summary>How much of what was captured before is shown at first: by default about a screen.</summary>
    public int TailBytes { get; init; } = 4096;

    /// <summary>The size that the guest's shell is told at first; null to tell it nothing.</summary>
    public TerminalSize? GuestSize { get; init; }

    /// <summary>
    /// What is called on the caller's thread, about once a second, while the pipe is away: the place to ask
    /// whether the VM still runs, and to end the capture if not.
    /// </summary>
    public Action? WhileAway { get; init; }
}

/// <summary>Why an interactive session with a console, or a copy of one, ended.</summary>
internal enum ConsoleSessionEnd
{
    /// <summary>The escape key was pressed.</summary>
    Left,

    /// <summary>The capture ended: the VM stopped, or somebody disconnected it.</summary>
    CaptureEnded,

    /// <summary>It was canceled.</summary>
    Canceled,

    /// <summary>The terminal is gone.</summary>
    TerminalClosed,
}
