using System;
using System.Text.RegularExpressions;

namespace LinuxKitHyperV.Console;

/// <summary>What a console said that somebody waited for.</summary>
public sealed class ConsoleMatch
{
    internal ConsoleMatch(string pattern, Match match, ConsoleLine line)
    {
        Pattern = pattern;
        Match = match;
        Line = line;
    }

    /// <summary>The pattern that matched.</summary>
    public string Pattern { get; }

    /// <summary>The text that matched.</summary>
    public string Value => Match.Value;

    /// <summary>The match, with its groups.</summary>
    public Match Match { get; }

    /// <summary>The line in which the match begins.</summary>
    public ConsoleLine Line { get; }

    /// <summary>The VM's name.</summary>
    public string VMName => Line.VMName;

    /// <summary>The boot that said it.</summary>
    public int BootNumber => Line.BootNumber;

    /// <summary>When the line arrived, in local time.</summary>
    public DateTime Time => Line.Time;

    /// <summary>How long after the boot's start that was.</summary>
    public TimeSpan Elapsed => Line.Elapsed;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
