using System;
using System.Management.Automation;

namespace LinuxKitHyperV.HyperV;

/// <summary>Asks Hyper-V for one name where its cmdlets take wildcards.</summary>
internal static class ExactName
{
    // What cannot stand alone between brackets.
    private const string NotInBrackets = "[]`^-!";

    /// <summary>A pattern that matches the name and nothing else.</summary>
    /// <remarks>
    /// It contains a wildcard, because a name without one that does not exist is an error in Hyper-V, and one
    /// that cannot be told from others: [w]eb gives the VM web, or nothing.
    /// </remarks>
    public static string ToPattern(string name)
    {
        for (var index = 0; index < name.Length; index++)
        {
            if (!char.IsSurrogate(name[index]) && NotInBrackets.IndexOf(name[index]) < 0)
            {
                return $"{NamePattern.Escape(name.Substring(0, index))}[{name[index]}]{NamePattern.Escape(name.Substring(index + 1))}";
            }
        }

        return NamePattern.Escape(name);
    }

    /// <summary>Whether an object has that name. Hyper-V does not tell case apart.</summary>
    public static bool IsNamed(this PSObject source, string name) =>
        string.Equals(source.Name(), name, StringComparison.OrdinalIgnoreCase);
}
