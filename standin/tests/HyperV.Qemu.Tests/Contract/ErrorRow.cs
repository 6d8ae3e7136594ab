using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using Xunit;

namespace HyperV.Qemu.Tests.Contract;

/// <summary>What the contract says of one error, or of how errors are told.</summary>
/// <param name="Case">When it comes.</param>
/// <param name="Confidence">S: seen. D: documented. I: inferred.</param>
/// <param name="Command">The cmdlet's class; null where no cmdlet of the module tells it.</param>
/// <param name="Identifier">What stands first in the FullyQualifiedErrorId; null where it was not seen.</param>
/// <param name="Category">The category; null where it was not seen.</param>
/// <param name="Message">Parts of the message.</param>
internal sealed record ErrorRow(string Case, string Confidence, string? Command, string? Identifier, string? Category, string[]? Message)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>All rows by their cases.</summary>
    public static IReadOnlyDictionary<string, ErrorRow> All { get; } = ContractFile.Read("errors.json").GetProperty("rows")
        .Deserialize<ErrorRow[]>(Options)!
        .ToDictionary(row => row.Case, StringComparer.Ordinal);

    /// <summary>Whether somebody saw or documented it.</summary>
    public bool IsFact => Confidence is "S" or "D";

    /// <summary>Asserts that an error is this one.</summary>
    public void AssertIs(ErrorRecord error)
    {
        // What was not seen may be anything but a refusal of the stand-in's own.
        var id = error.FullyQualifiedErrorId.Split(',');
        Assert.NotEqual("NotSupportedByStandIn", id[0]);
        Assert.Equal(Identifier ?? id[0], id[0]);
        Assert.Equal(Command ?? id.ElementAtOrDefault(1), id.ElementAtOrDefault(1));
        Assert.Equal(Category ?? error.CategoryInfo.Category.ToString(), error.CategoryInfo.Category.ToString());
        Assert.All(Message ?? [], part => Assert.Contains(part, error.Exception.Message, StringComparison.Ordinal));
    }
}
