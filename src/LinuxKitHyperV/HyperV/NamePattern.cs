using System.Management.Automation;
using System.Text.RegularExpressions;

namespace LinuxKitHyperV.HyperV;

/// <summary>What Hyper-V's cmdlets take for a name: wildcards, and backticks that take their meaning from them.</summary>
/// <remarks>Escapes are written and read here, because what WildcardPattern does with a backtick differs between versions of PowerShell.</remarks>
internal static class NamePattern
{
    /// <summary>Whether a text may name several things. One whose brackets are not closed is no pattern.</summary>
    public static bool IsPattern(string text) => WildcardPattern.ContainsWildcardCharacters(text) && IsValid(text);

    /// <summary>A pattern for a text as it is.</summary>
    public static string Escape(string text) => Regex.Replace(text, @"[`*?\[\]]", "`$0");

    /// <summary>The text that an escaped one stands for.</summary>
    public static string Unescape(string text) => Regex.Replace(text, @"`([`*?\[\]])", "$1");

    private static bool IsValid(string pattern)
    {
        try
        {
            // It is read when it is first used.
            _ = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(string.Empty);
            return true;
        }
        catch (WildcardPatternException)
        {
            return false;
        }
    }
}
