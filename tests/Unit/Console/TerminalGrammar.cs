using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace LinuxKitHyperV.Tests.Console;

/// <summary>
/// A second implementation of what <see cref="LinuxKitHyperV.Console.Text.ControlSequenceReader"/> tells apart: a grammar, matched
/// against all bytes at once.
/// </summary>
internal static partial class TerminalGrammar
{
    // A character of each byte.
    private const string Second = @"[\xc2-\xdf][\x80-\xbf]";
    private const string Third = @"\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f]";
    private const string Fourth = @"\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f]";
    private const string C1 = @"\xc2[\x80-\x9f]";
    private const string High = $@"(?!{C1})(?:{Second}|(?:{Third})[\x80-\xbf]|(?:{Fourth})[\x80-\xbf][\x80-\xbf])";

    // As much of a character as was well-formed, or a byte that no character has at its place.
    private const string Broken = $@"(?:{Fourth})[\x80-\xbf]|{Third}|{Fourth}|[\xc2-\xf4]|[\x80-\xff]";
    private const string BrokenInString = $@"(?:{Fourth})[\x80-\xbf]|{Third}|{Fourth}|[\xc2-\xf4]|[\xa0-\xff]";

    // What is obeyed, or passed over, in the midst of a sequence.
    private const string Inside = @"[\x00-\x09\x0b-\x17\x19\x1c-\x1f\x7f]";

    /// <summary>What a terminal is told: "T", "C" or "S", and the bytes.</summary>
    public static IEnumerable<(char Kind, string Bytes)> Read(string latin1)
    {
        var text = new StringBuilder();
        foreach (var (kind, bytes) in Tokens().Matches(latin1).SelectMany(Events))
        {
            if (kind == 'T')
            {
                text.Append(bytes);
                continue;
            }

            if (text.Length > 0)
            {
                yield return ('T', text.ToString());
                text.Clear();
            }

            yield return (kind, bytes);
        }

        if (text.Length > 0)
        {
            yield return ('T', text.ToString());
        }
    }

    private static IEnumerable<(char Kind, string Bytes)> Events(Match token)
    {
        var within = token.Groups["within"].Captures.Select(capture => capture.Value).Where(value => value != "\x7f").Select(value => ('C', value));
        if (token.Groups["text"].Success)
        {
            return [('T', token.Value)];
        }

        if (token.Groups["broken"].Success)
        {
            return [('T', "\u00ef\u00bf\u00bd")];
        }

        if (token.Groups["control"].Success)
        {
            return [('C', token.Value)];
        }

        if (token.Groups["c1"].Success)
        {
            return [.. within, ('C', token.Groups["c1"].Value[1..])];
        }

        var sequence = string.Concat(token.Groups["part"].Captures.Select(capture => capture.Value));
        return token.Groups["final"].Success ? [.. within, ('S', sequence + token.Groups["final"].Value)] : within;
    }

    [GeneratedRegex(
        $@"\G(?:
            (?<text>(?:[\x20-\x7e]|{High})+)
          | (?<c1>{C1})
          | \x1b (?<within>{Inside})* [\]PX^_] (?:{High}|(?!{C1})(?:{BrokenInString})|[^\x07\x0a\x18\x1a\x1b\x80-\xff])* (?:[\x07\x18\x1a]|(?<c1>{C1})|[\x80-\x9f]|(?=[\x0a\x1b])|\z)
          | (?<part>\x1b) (?<within>{Inside})* (?:(?<part>\[) (?:(?<part>[\x20-\x3f])|(?<within>{Inside}))* (?:(?<final>[\x40-\x7e])|[\x18\x1a])?
            | (?:(?<part>[\x20-\x2f])(?<within>{Inside})*)+ (?:(?<final>[\x30-\x7e])|[\x18\x1a])?
            | (?<final>[\x30-\x7e])
            | [\x18\x1a])?
          | (?<control>[\x00-\x1a\x1c-\x1f\x7f])
          | (?<broken>{Broken})
        )",
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Tokens();
}
