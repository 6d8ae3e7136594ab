using System;
using System.Management.Automation;

namespace LinuxKitHyperV.Commands;

/// <summary>The computed column of the table of checks.</summary>
public static class HostCheckView
{
    private const string Reset = "\u001b[0m";

    private static readonly Version WithStyles = new(7, 2);

    /// <summary>Whether the check passed, in a word, with a color in a terminal.</summary>
    public static string Result(PSObject check)
    {
        var (word, color) = check.Properties["Passed"]?.Value switch
        {
            true => ("Passed", "\u001b[32m"),
            false => ("Failed", "\u001b[31m"),
            _ => ("Unknown", "\u001b[33m"),
        };
        return HasStyles(typeof(PSObject).Assembly.GetName().Version) && !System.Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            ? color + word + Reset
            : word;
    }

    /// <summary>Whether a version of PowerShell takes colors out where they do not belong, and does not count them as width.</summary>
    /// <param name="engine">The version of its engine: 3.0 in Windows PowerShell 5.1.</param>
    internal static bool HasStyles(Version engine) => engine >= WithStyles;
}
