using System;
using System.Linq;
using System.Management.Automation;
using System.Text;

namespace LinuxKitHyperV.Commands;

/// <summary>The computed columns of the table of checks.</summary>
public static class HostCheckView
{
    private const string Reset = "\u001b[0m";

    // What the other columns leave in a window of 80.
    private const int DetailWidth = 49;

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

    /// <summary>What was found, and below it what is to be done, in lines that end with words: PowerShell breaks them anywhere.</summary>
    public static string Detail(PSObject check) => string.Join("\n", new[] { "Detail", "Remedy" }
        .Select(name => check.Properties[name]?.Value as string ?? string.Empty)
        .Where(text => text.Length > 0)
        .Select(Wrapped));

    /// <summary>Whether a version of PowerShell takes colors out where they do not belong, and does not count them as width.</summary>
    /// <param name="engine">The version of its engine: 3.0 in Windows PowerShell 5.1.</param>
    internal static bool HasStyles(Version engine) => engine >= WithStyles;

    private static string Wrapped(string text)
    {
        var wrapped = new StringBuilder();
        var column = 0;
        foreach (var word in text.Split(' '))
        {
            var fits = column + 1 + word.Length <= DetailWidth;
            wrapped.Append(column == 0 ? string.Empty : fits ? " " : "\n").Append(word);
            column = column > 0 && fits ? column + 1 + word.Length : word.Length;
        }

        return wrapped.ToString();
    }
}
