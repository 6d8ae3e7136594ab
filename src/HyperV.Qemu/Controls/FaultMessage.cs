using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HyperV.Qemu.Controls;

/// <summary>What Hyper-V says when a cmdlet fails with an identifier: the contract's own words.</summary>
internal static partial class FaultMessage
{
    /// <summary>The message for a cmdlet's class; where the contract has none with the identifier, another cmdlet's.</summary>
    /// <param name="command">The cmdlet's class.</param>
    /// <param name="identifier">How it fails.</param>
    /// <param name="name">What it was to work on.</param>
    public static string Of(string command, ErrorIdentifier identifier, string name)
    {
        var rows = Read("errors.json").GetProperty("rows").EnumerateArray().Where(row => Text(row, "identifier") == identifier.ToString()).ToList();
        var row = rows.Find(candidate => Text(candidate, "command") == command) is { ValueKind: JsonValueKind.Object } own ? own : rows[0];
        var fact = Read("error-facts.json").GetProperty("facts").EnumerateArray()
            .First(candidate => candidate.GetProperty("rows").EnumerateArray().Any(held => held.GetString() == Text(row, "case")));
        return Placeholder().Replace(Text(fact, "message")!, match => match.Value.Replace("X", name, StringComparison.Ordinal));
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    [GeneratedRegex("""['"]X['"]""")]
    private static partial Regex Placeholder();

    private static JsonElement Read(string file)
    {
        using var stream = typeof(FaultMessage).Assembly.GetManifestResourceStream(file) ?? throw new FileNotFoundException(null, file);
        return JsonDocument.Parse(stream).RootElement;
    }
}
