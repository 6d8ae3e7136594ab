using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Tests.Hosting;
using Microsoft.HyperV.PowerShell;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>Keeps the table in docs/design/stand-in.md true.</summary>
public sealed class ConformanceTableTests
{
    /// <summary>The environment variable that makes the test write the table instead of comparing it.</summary>
    private const string WriteVariable = "HYPERV_QEMU_TESTS_WRITE_TABLE";

    private const string Begin = "<!-- The tests write what follows. -->";

    private static readonly string[] Understood = ["ComputerName", "Credential", "WhatIf", "Confirm"];

    [Fact]
    public void The_document_says_what_the_code_does()
    {
        var path = Path.Combine(StandInSession.BuildValue("RepositoryRoot"), "docs", "design", "stand-in.md");
        var text = File.ReadAllText(path);
        var written = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + "\n\n" + string.Join('\n', Table()) + "\n";
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllText(path, written);
        }

        Assert.Equal(written, File.ReadAllText(path));
    }

    private static IEnumerable<string> Table()
    {
        var cmdlets = typeof(VirtualMachine).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(HyperVCmdlet)))
            .Select(type => (Type: type, Cmdlet: type.GetCustomAttribute<CmdletAttribute>()!))
            .OrderBy(entry => entry.Cmdlet.NounName, StringComparer.Ordinal)
            .ThenBy(entry => entry.Cmdlet.VerbName, StringComparer.Ordinal)
            .ToList();
        var working = cmdlets.Count(entry => entry.Type.IsDefined(typeof(ImplementsAttribute)));

        yield return "## Conformance";
        yield return string.Empty;
        yield return $"{cmdlets.Count} of {cmdlets.Count} cmdlets have the contract's shape: no parameter is missing, none is different. {working} of them work.";
        yield return string.Empty;
        yield return "| cmdlet | parameters | refused |";
        yield return "| --- | --- | --- |";
        foreach (var (type, cmdlet) in cmdlets)
        {
            var parameters = type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))).Select(property => property.Name).ToList();
            var implemented = type.GetCustomAttribute<ImplementsAttribute>()?.Parameters;
            var refused = implemented is null
                ? "all"
                : string.Join(' ', parameters.Except(implemented).Except(Understood).Order(StringComparer.Ordinal));
            yield return $"| {cmdlet.VerbName}-{cmdlet.NounName} | {parameters.Count} | {refused} |";
        }

        yield return string.Empty;
        yield return "## Errors that have a test by id and category";
        yield return string.Empty;
        foreach (var group in Errors().GroupBy(error => error.Identifier, error => error.Cmdlet).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            yield return $"- {group.Key}: {string.Join(", ", group.Distinct().Order(StringComparer.Ordinal))}";
        }
    }

    private static IEnumerable<(string Identifier, string Cmdlet)> Errors() => typeof(ErrorTests).GetMethods()
        .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>())
        .Select(data => ((string)data.Data[1]!, (string)data.Data[2]!));
}
