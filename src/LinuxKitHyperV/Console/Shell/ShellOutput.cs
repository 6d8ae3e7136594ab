using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace LinuxKitHyperV.Console.Shell;

/// <summary>
/// Decodes what a script wrote from what a guest sent: lines of base64, or of the bytes in hexadecimal where it has none.
/// Each is framed, since anybody may write to a console. After them come the end, the last line again, and the number of
/// the lines with the end: with these, what was damaged is never taken for the output.
/// </summary>
internal static class ShellOutput
{
    /// <summary>The name of the better encoder.</summary>
    public const string Base64 = "base64";

    /// <summary>The line after the last.</summary>
    public const string End = ".";

    private const int Base64LineLength = 76;
    private const int HexLineBytes = 16;
    private const int HexLength = 2;

    private static readonly Regex Frame = new(@"<(?<line>[A-Za-z0-9+/= ]*|\.)>", RegexOptions.CultureInvariant);
    private static readonly Regex Number = new(@"\G\s*(?<number>[0-9]+)\s", RegexOptions.CultureInvariant);

    /// <summary>Decodes the whole output.</summary>
    /// <param name="encoder">The encoder's name, as the guest told it.</param>
    /// <param name="text">What it sent.</param>
    /// <exception cref="FormatException">Something else is in the text, and the output cannot be told from it.</exception>
    public static byte[] Decode(string encoder, string text)
    {
        var frames = Frame.Matches(text).Cast<Match>().ToList();
        var lines = frames.Select(LineOf).ToList();
        var count = lines.IndexOf(End);
        var output = lines.Take(count).ToList();
        var isProved = count >= 0 &&
            lines.Skip(count + 1).SequenceEqual(output.Skip(count - 1)) &&
            Number.Match(text, EndOf(frames.Last())).Groups["number"].Value == (count + 1).ToString(CultureInfo.InvariantCulture) &&
            output.Take(count - 1).All(line => IsFull(encoder, line));
        return isProved ? DecodeLines(encoder, output) : throw new FormatException();
    }

    /// <summary>Decodes the beginning of an output that was interrupted: the full lines before anything else.</summary>
    /// <param name="encoder">The encoder's name, as the guest told it.</param>
    /// <param name="text">What it sent.</param>
    /// <exception cref="FormatException">What looks like the output is not.</exception>
    public static byte[] DecodeBeginning(string encoder, string text)
    {
        var end = 0;
        var lines = new List<string>();
        foreach (Match frame in Frame.Matches(text))
        {
            if (!string.IsNullOrWhiteSpace(text.Substring(end, frame.Index - end)) || !IsFull(encoder, LineOf(frame)))
            {
                break;
            }

            lines.Add(LineOf(frame));
            end = EndOf(frame);
        }

        return DecodeLines(encoder, lines);
    }

    private static string LineOf(Match frame) => frame.Groups["line"].Value;

    private static int EndOf(Match frame) => frame.Index + frame.Length;

    private static bool IsFull(string encoder, string line) =>
        encoder == Base64 ? line.Length == Base64LineLength : PairsOf(line).Length == HexLineBytes;

    private static byte[] DecodeLines(string encoder, List<string> lines) =>
        encoder == Base64 ? Convert.FromBase64String(string.Concat(lines)) : [.. lines.SelectMany(PairsOf).Select(DecodeHex)];

    private static string[] PairsOf(string line) => line.Split([' '], StringSplitOptions.RemoveEmptyEntries);

    private static byte DecodeHex(string pair) =>
        pair.Length == HexLength ? Convert.ToByte(pair, 16) : throw new FormatException();
}
