using System.Collections.Generic;

namespace LinuxKitHyperV.Console;

/// <summary>What came of a wait for a console's words.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Match">What matched: a pattern that was waited for, or the sign of a failed boot.</param>
/// <param name="LastLines">The lines seen last, for an error to show.</param>
internal sealed record ConsoleWatchResult(ConsoleWatchEnd End, ConsoleMatch? Match, IReadOnlyList<ConsoleLine> LastLines);
