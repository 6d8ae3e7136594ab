using System;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace LinuxKitHyperV.HyperV;

/// <summary>Asks Hyper-V for one name where its cmdlets take wildcards.</summary>
internal static class ExactName
{
    private static readonly Regex FirstLetterOrDigit = new(@"[\p{L}\p{Nd}]", RegexOptions.CultureInvariant);

    /// <summary>A pattern that matches the name and nothing else.</summary>
    /// <remarks>
    /// It always contains a wildcard, because a name without one that does not exist is an error in Hyper-V, and one
    /// that cannot be told from others: [w]eb gives the VM web, or nothing.
    /// </remarks>
    public static string ToPattern(string name)
    {
        var escaped = WildcardPattern.Escape(name);
        return FirstLetterOrDigit.Replace(escaped, match => $"[{match.Value}]", 1);
    }

    /// <summary>Whether an object has that name. Hyper-V does not tell case apart.</summary>
    public static bool IsNamed(this PSObject source, string name) =>
        string.Equals(source.Name(), name, StringComparison.OrdinalIgnoreCase);
}
