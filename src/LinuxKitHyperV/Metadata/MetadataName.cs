using System;
using System.Linq;

namespace LinuxKitHyperV.Metadata;

/// <summary>Reads what a user calls an entry: its name, with its permissions behind a colon where they are given.</summary>
internal static class MetadataName
{
    private const int MaximumDigits = 5;

    /// <summary>"key.pem" and 0600 of "key.pem:0600".</summary>
    /// <exception cref="LinuxKitException">MetadataNameInvalid, MetadataPermInvalid.</exception>
    public static (string Name, int? Mode) Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var isMode = colon > 0 && IsOctal(text.Substring(colon + 1));
        var name = isMode ? text.Substring(0, colon) : text;
        return (Check(name), isMode ? ParseMode(text.Substring(colon + 1), name) : null);
    }

    /// <summary>Permissions in octal digits, as in 0600.</summary>
    /// <exception cref="LinuxKitException">MetadataPermInvalid.</exception>
    public static int ParseMode(string text, string name)
    {
        const int Maximum = 0xFFF;
        return IsOctal(text) && Convert.ToInt32(text, 8) is var mode && mode <= Maximum
            ? mode
            : throw new LinuxKitException(
                "MetadataPermInvalid",
                FailureKind.InvalidArgument,
                $"'{text}' are no permissions for '{name}' in the metadata.",
                name,
                "Give them in octal digits, as in '0600'.");
    }

    /// <summary>Permissions as LinuxKit's metadata package reads them.</summary>
    public static string FormatMode(int mode) => Convert.ToString(mode, 8).PadLeft(4, '0');

    /// <summary>A name that a file can have in the guest.</summary>
    /// <exception cref="LinuxKitException">MetadataNameInvalid.</exception>
    public static string Check(string name) => name.Length > 0 && name is not ("." or "..") && name.IndexOfAny(['/', '\0']) < 0
        ? name
        : throw Invalid(name, "cannot be the name of a file in the guest");

    /// <summary>A name that cannot be used.</summary>
    public static LinuxKitException Invalid(string name, string why) => new(
        "MetadataNameInvalid",
        FailureKind.InvalidArgument,
        $"'{name}' {why}.",
        name,
        "Give every entry of a folder a name of its own, without a slash; make folders by nested tables.");

    private static bool IsOctal(string text) => text.Length is > 2 and <= MaximumDigits && text.All(digit => digit is >= '0' and <= '7');
}
