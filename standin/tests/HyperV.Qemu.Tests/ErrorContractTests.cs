using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using HyperV.Qemu.Tests.Contract;
using Microsoft.HyperV.PowerShell;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>Keeps the contract's errors and the tests of them together.</summary>
public sealed class ErrorContractTests
{
    /// <summary>The parameter by which a theory says which row its data are for.</summary>
    private const string RowParameter = "row";

    /// <summary>The rows that have a test.</summary>
    internal static HashSet<string> Covered { get; } = [.. typeof(ErrorContractTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(RowsOf)];

    public static TheoryData<string> Facts => [.. ErrorFact.All.Select(fact => fact.Case)];

    [Fact]
    public void EverythingSeenOrDocumentedHasATest()
        => Assert.Empty(ErrorRow.All.Values.Where(row => row.IsFact && !Covered.Contains(row.Case)).Select(row => row.Case));

    [Fact]
    public void EveryTestIsForSomethingInTheContract()
        => Assert.Empty(Covered.Except(ErrorRow.All.Keys));

    [Fact]
    public void EverythingKnownHasARowAndEveryRowIsKnown()
    {
        Assert.Equal(ErrorRow.All.Keys.Order(StringComparer.Ordinal), ErrorFact.All.SelectMany(fact => fact.Rows).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(ErrorFact.All, fact => fact.Source.Length == 0);
    }

    [Theory]
    [MemberData(nameof(Facts))]
    public void ARowSaysWhatIsKnownAndNoMore(string @case)
    {
        var fact = ErrorFact.All.Single(candidate => candidate.Case == @case);
        Assert.All(fact.Rows.Select(name => ErrorRow.All[name]), row =>
        {
            Assert.Equal((fact.Confidence, fact.Identifier, fact.Category), (row.Confidence, row.Identifier, row.Category));
            Assert.All(row.Message ?? [], part => Assert.Contains(ErrorFact.Plain(part), fact.PlainMessage, StringComparison.Ordinal));
            if (row.Command is { } command)
            {
                Assert.Equal(row.Case.Split(':')[0].Replace("-", string.Empty, StringComparison.Ordinal), command.Split('.')[^1], ignoreCase: true);
            }
        });
    }

    [Fact]
    [Covers("identifiers have their categories")]
    public void AnIdentifierHasTheCategoryThatItWasSeenWith()
    {
        var pairs = ErrorFact.All.Single(fact => fact.Case == "identifiers have their categories").Message.Split("; ").Select(pair => pair.Split("->"));
        Assert.All(pairs, pair => Assert.Equal(pair[1], new VirtualizationException(Enum.Parse<ErrorIdentifier>(pair[0]), string.Empty).ErrorCategory.ToString()));
    }

    private static IEnumerable<string> RowsOf(MethodInfo method)
    {
        var named = method.GetCustomAttributes<CoversAttribute>().Select(attribute => attribute.Case);
        return method.GetParameters().FirstOrDefault()?.Name == RowParameter
            ? named.Concat(method.GetCustomAttributes<InlineDataAttribute>().Select(data => (string)data.Data[0]!))
            : named;
    }
}
