using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HyperV.Qemu.Controls;

/// <summary>What a cmdlet says when it fails with an identifier: the contract's own words where it has any, or else a neutral sentence.</summary>
internal static partial class FaultMessage
{
    /// <summary>What is said where nobody is known to have seen the cmdlet fail so, or where the words name what the call does not.</summary>
    public const string Neutral = "The operation failed.";

    /// <summary>Stands in the contract's texts for what their sources leave out.</summary>
    private const char LeftOut = '…';

    /// <summary>The message for a cmdlet's class.</summary>
    /// <param name="command">The cmdlet's class.</param>
    /// <param name="identifier">How it fails.</param>
    /// <param name="names">What the call names, by the letters that stand for it in the contract's texts.</param>
    public static string Of(string command, ErrorIdentifier identifier, IReadOnlyDictionary<string, string> names)
        => Texts(command, identifier).FirstOrDefault(text => Letter().Matches(text).All(letter => names.ContainsKey(letter.Value))) is { } known
            ? Letter().Replace(known, letter => names[letter.Value])
            : Neutral;

    /// <summary>The texts that the cmdlet was seen to fail with.</summary>
    private static IEnumerable<string> Texts(string command, ErrorIdentifier identifier)
    {
        var facts = Read("error-facts.json").GetProperty("facts").EnumerateArray().ToList();
        return from row in Read("errors.json").GetProperty("rows").EnumerateArray()
               where Text(row, "command") == command && Text(row, "identifier") == identifier.ToString()
               where row.TryGetProperty("message", out _) // Without it the fact's text is a note about the error.
               let fact = facts.Find(candidate => candidate.GetProperty("rows").EnumerateArray().Any(held => held.GetString() == Text(row, "case")))
               let text = Text(fact, "message")!.Split(LeftOut)[0].TrimEnd()
               where text.EndsWith('.') || text.EndsWith(')')
               select text;
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    [GeneratedRegex(@"\b[XPSHN]\b")]
    private static partial Regex Letter();

    private static JsonElement Read(string file)
    {
        using var stream = typeof(FaultMessage).Assembly.GetManifestResourceStream(file) ?? throw new FileNotFoundException(null, file);
        return JsonDocument.Parse(stream).RootElement;
    }
}
