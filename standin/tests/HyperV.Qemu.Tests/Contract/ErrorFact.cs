using System.Collections.Generic;
using System.Text.Json;

namespace HyperV.Qemu.Tests.Contract;

/// <summary>What is known of an error, or of how errors are told: the notes that the rows were made from.</summary>
/// <param name="Case">When it comes.</param>
/// <param name="Message">The message, with letters for names.</param>
/// <param name="Category">The category; null where it was not seen.</param>
/// <param name="Identifier">What stands first in the FullyQualifiedErrorId; null where it was not seen.</param>
/// <param name="Confidence">S: seen. D: documented. I: inferred.</param>
/// <param name="Source">Who saw or documented it.</param>
/// <param name="Rows">The cases of the rows that hold it.</param>
internal sealed record ErrorFact(string Case, string Message, string? Category, string? Identifier, string Confidence, string Source, string[] Rows)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>All facts.</summary>
    public static IReadOnlyList<ErrorFact> All { get; } = ContractFile.Read("error-facts.json").GetProperty("facts").Deserialize<ErrorFact[]>(Options)!;

    /// <summary>The message without the quotation marks, of which the rows have others.</summary>
    public string PlainMessage => Plain(Message);

    /// <summary>A text in which all quotation marks are alike.</summary>
    public static string Plain(string text) => text.Replace('"', '\'');
}
