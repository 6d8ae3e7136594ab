using System.Collections.Generic;

namespace LinuxKitHyperV.Console;

/// <summary>What came of a wait for a console's words.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Match">What matched: a pattern that was waited for, or the sign of a failed boot.</param>
/// <param name="LastLines">The lines seen last, for an error to show.</param>
internal sealed record ConsoleWatchResult(ConsoleWatchEnd End, ConsoleMatch? Match, IReadOnlyList<ConsoleLine> LastLines);

/// <summary>How a wait for a console's words ended.</summary>
internal enum ConsoleWatchEnd
{
    /// <summary>The console said it.</summary>
    Matched,

    /// <summary>The kernel panicked.</summary>
    KernelPanic,

    /// <summary>The boot failed and left an emergency shell.</summary>
    EmergencyShell,

    /// <summary>The console was silent for too long.</summary>
    Silence,

    /// <summary>The capture ended: the VM stopped, or somebody disconnected it.</summary>
    CaptureEnded,

    /// <summary>A pattern took too long on what the console said.</summary>
    PatternTooSlow,

    /// <summary>The time has passed.</summary>
    TimedOut,
}
