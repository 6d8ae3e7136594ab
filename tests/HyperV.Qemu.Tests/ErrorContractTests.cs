using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using HyperV.Qemu.Tests.Contract;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>Keeps the contract's errors and the tests of them together.</summary>
public sealed class ErrorContractTests
{
    /// <summary>The parameter by which a theory says which row its data are for.</summary>
    private const string RowParameter = "row";

    /// <summary>The rows that have a test.</summary>
    internal static HashSet<string> Covered { get; } = [.. typeof(ErrorContractTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(RowsOf)];

    [Fact]
    public void Everything_seen_or_documented_has_a_test()
        => Assert.Empty(ErrorRow.All.Values.Where(row => row.IsFact && !Covered.Contains(row.Case)).Select(row => row.Case));

    [Fact]
    public void Every_test_is_for_something_in_the_contract()
        => Assert.Empty(Covered.Except(ErrorRow.All.Keys));

    private static IEnumerable<string> RowsOf(MethodInfo method)
    {
        var named = method.GetCustomAttributes<CoversAttribute>().Select(attribute => attribute.Case);
        return method.GetParameters().FirstOrDefault()?.Name == RowParameter
            ? named.Concat(method.GetCustomAttributes<InlineDataAttribute>().Select(data => (string)data.Data[0]!))
            : named;
    }
}
