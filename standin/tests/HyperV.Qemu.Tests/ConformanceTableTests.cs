using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Testing;
using HyperV.Qemu.Tests.Contract;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>Keeps docs/conformance.md true.</summary>
public sealed class ConformanceTableTests : IDisposable
{
    /// <summary>The environment variable that makes the test write the document instead of comparing it.</summary>
    private const string WriteVariable = "HYPERV_QEMU_TESTS_WRITE_TABLE";

    private static readonly string[] Understood = ["ComputerName", "Credential", "CimSession", "WhatIf", "Confirm"];

    private readonly StandInSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void TheDocumentSaysWhatTheCodeDoes()
    {
        var path = Path.Combine(StandInBuild.Tree, "docs", "conformance.md");
        var written = string.Join('\n', Document()) + "\n";
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllText(path, written);
        }

        Assert.Equal(written, File.ReadAllText(path));
    }

    private IEnumerable<string> Document() =>
    [
        "# Conformance",
        string.Empty,
        $"What of the [contract](../contract/README.md) the stand-in has. The tests write this file, with `{WriteVariable}=1`, and hold it to the code.",
        string.Empty,
        .. Cmdlets(),
        string.Empty,
        .. Errors(),
    ];

    private IEnumerable<string> Cmdlets()
    {
        var rows = CmdletShape.Contract.GetProperty("cmdlets").EnumerateObject()
            .Select(cmdlet => (Name: cmdlet.Name.Split('-'), Row: new Row(CmdletShape.Of(cmdlet.Value), _session.One<CmdletInfo>($"Get-Command Hyper-V\\{cmdlet.Name}"))))
            .OrderBy(entry => entry.Name[1], StringComparer.Ordinal)
            .ThenBy(entry => entry.Name[0], StringComparer.Ordinal)
            .Select(entry => entry.Row)
            .ToList();
        yield return "## Cmdlets";
        yield return string.Empty;
        yield return $"{rows.Count(row => row.IsEqual)} of {rows.Count} cmdlets have the contract's shape, which is their sets, outputs and confirmation, and of each";
        yield return "parameter type, aliases, validation, position and binding in each set. "
            + $"{rows.Count(row => row.Works)} of them work; of {rows.Sum(row => row.Parameters)} parameters {rows.Sum(row => row.Refused.Count)} are refused.";
        yield return string.Empty;
        yield return "| cmdlet | equal | missing | different | refused |";
        yield return "| --- | --- | --- | --- | --- |";
        foreach (var row in rows)
        {
            yield return row.ToString();
        }
    }

    private static IEnumerable<string> Errors()
    {
        yield return "## Errors";
        yield return string.Empty;
        yield return "What the contract says of errors, by who tells them; S was seen in output that somebody published, D is documented, I is inferred. "
            + $"{ErrorRow.All.Keys.Count(ErrorContractTests.Covered.Contains)} of {ErrorRow.All.Count} have a test.";
        yield return string.Empty;
        yield return "| case | | identifier | category | test |";
        yield return "| --- | --- | --- | --- | --- |";
        foreach (var row in ErrorRow.All.Values)
        {
            yield return $"| {row.Case} | {row.Confidence} | {row.Identifier} | {row.Category} | {(ErrorContractTests.Covered.Contains(row.Case) ? "yes" : "no")} |";
        }
    }

    /// <summary>A cmdlet in the table.</summary>
    private sealed class Row
    {
        private const string ItsOwnShape = "(its own)";

        private readonly CmdletInfo _command;
        private readonly List<string> _equal = [];
        private readonly List<string> _missing = [];
        private readonly List<string> _different = [];

        public Row(CmdletShape contract, CmdletInfo command)
        {
            _command = command;
            var actual = CmdletShape.Of(command);
            foreach (var subject in contract.Subjects.Union(actual.Subjects))
            {
                var verdict = !actual.Subjects.Contains(subject) ? _missing : contract[subject].SequenceEqual(actual[subject]) ? _equal : _different;
                verdict.Add(subject == CmdletShape.Cmdlet ? ItsOwnShape : subject);
            }

            var implemented = command.ImplementingType.GetCustomAttribute<ImplementsAttribute>()?.Parameters;
            Works = implemented is not null;
            Refused = [.. contract.Subjects.Where(subject => subject != CmdletShape.Cmdlet).Except(implemented ?? []).Except(Understood).Order(StringComparer.Ordinal)];
            Parameters = contract.Subjects.Count(subject => subject != CmdletShape.Cmdlet);
        }

        public bool IsEqual => _missing.Count == 0 && _different.Count == 0;

        public bool Works { get; }

        public IReadOnlyList<string> Refused { get; }

        public int Parameters { get; }

        public override string ToString()
            => $"| {_command.Name} | {_equal.Count(subject => subject != ItsOwnShape)} of {Parameters} | {string.Join(' ', _missing)} | {string.Join(' ', _different)} | {(Works ? string.Join(' ', Refused) : "all")} |";
    }
}
