using System;

namespace LinuxKitHyperV.Terminal;

/// <summary>The names of control characters as keys: Ctrl+] is 0x1d.</summary>
internal static class ConsoleKeyName
{
    private const string Prefix = "Ctrl+";
    private const char FirstKey = '@';
    private const char LastKey = '_';

    /// <summary>Names a control character.</summary>
    public static string Of(byte control) => Prefix + (char)(control + FirstKey);

    /// <summary>Reads the name of a key that types a control character: Ctrl+], CTRL+A or ^A.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string name, out byte control)
    {
        var key = name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name.Substring(Prefix.Length)
            : name.StartsWith("^", StringComparison.Ordinal) ? name.Substring(1)
            : string.Empty;
        var letter = key.Length == 1 ? char.ToUpperInvariant(key[0]) : '\0';
        control = (byte)(letter - FirstKey);
        return letter is >= FirstKey and <= LastKey;
    }
}
