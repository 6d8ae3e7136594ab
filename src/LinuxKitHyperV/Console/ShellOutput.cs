using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LinuxKitHyperV.Console;

/// <summary>Decodes what a script wrote from what a guest sent: base64, or the bytes in hexadecimal where it has none.</summary>
internal static class ShellOutput
{
    /// <summary>The name of the better encoder.</summary>
    public const string Base64 = "base64";

    private const int Base64LineLength = 76;
    private const int Base64Group = 4;
    private const int HexLength = 2;

    /// <summary>Decodes lines.</summary>
    /// <param name="encoder">The encoder's name, as the guest told it.</param>
    /// <param name="text">What it sent.</param>
    /// <param name="isWhole">False where the encoder was interrupted: then its last line is cut anywhere.</param>
    /// <exception cref="FormatException">Something else is in the text.</exception>
    public static byte[] Decode(string encoder, string text, bool isWhole)
    {
        var lines = text.Split('\n').Select(line => line.Trim(' ', '\r')).Where(line => line.Length > 0);
        return encoder == Base64 ? DecodeBase64(lines.Where(IsBase64).ToList(), isWhole) : DecodeHex(lines.Where(IsHex));
    }

    private static byte[] DecodeBase64(List<string> lines, bool isWhole)
    {
        // All lines but the last are equally long: what is not was written, or torn apart, by somebody else.
        if (lines.Take(lines.Count - 1).Any(line => line.Length != Base64LineLength))
        {
            throw new FormatException();
        }

        var encoded = string.Concat(lines);
        return Convert.FromBase64String(isWhole ? encoded : encoded.Substring(0, encoded.Length / Base64Group * Base64Group));
    }

    private static byte[] DecodeHex(IEnumerable<string> lines)
    {
        using var bytes = new MemoryStream();
        foreach (var pair in lines.SelectMany(line => line.Split([' '], StringSplitOptions.RemoveEmptyEntries)))
        {
            bytes.WriteByte(pair.Length == HexLength ? Convert.ToByte(pair, 16) : throw new FormatException());
        }

        return bytes.ToArray();
    }

    private static bool IsBase64(string line) =>
        line.All(c => c is >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9' or '+' or '/' or '=');

    private static bool IsHex(string line) => line.All(c => c is >= '0' and <= '9' or >= 'a' and <= 'f' or ' ');
}
