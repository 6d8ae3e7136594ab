using System;

namespace LinuxKitHyperV.Terminal;

/// <summary>The names of control characters as keys: Ctrl+] is 0x1d.</summary>
internal static class ConsoleKeyName
{
    /// <summary>The name for no key.</summary>
    public const string None = "None";

    private const string Prefix = "Ctrl+";
    private const char FirstKey = '@';
    private const char LastKey = '_';

    /// <summary>Names a control character.</summary>
    public static string Of(byte control) => Prefix + (char)(control + FirstKey);

    /// <summary>Reads the name of a key that types a control character: Ctrl+], CTRL+A or ^A.</summary>
    /// <param name="name">The name.</param>
    /// <param name="control">The control character; null for None.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string name, out byte? control)
    {
        control = null;
        if (name.Equals(None, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var key = name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name.Substring(Prefix.Length)
            : name.StartsWith("^", StringComparison.Ordinal) ? name.Substring(1)
            : string.Empty;
        var letter = key.Length == 1 ? char.ToUpperInvariant(key[0]) : '\0';
        if (letter is < FirstKey or > LastKey)
        {
            return false;
        }

        control = (byte)(letter - FirstKey);
        return true;
    }
}
