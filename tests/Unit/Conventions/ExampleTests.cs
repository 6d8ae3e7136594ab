using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxKitHyperV.Tests.Hosting;
using Microsoft.PowerShell.Commands;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>The examples of the help: they use what exists.</summary>
public sealed class ExampleTests
{
    // Of both editions of PowerShell.
    private static readonly Dictionary<string, Type> PowerShellsOwn = new()
    {
        ["Format-List"] = typeof(FormatListCommand),
        ["Format-Table"] = typeof(FormatTableCommand),
        ["Get-ChildItem"] = typeof(GetChildItemCommand),
        ["Get-Content"] = typeof(GetContentCommand),
        ["Get-Item"] = typeof(GetItemCommand),
        ["ForEach-Object"] = typeof(ForEachObjectCommand),
        ["Out-Null"] = typeof(OutNullCommand),
        ["Receive-Job"] = typeof(ReceiveJobCommand),
        ["Start-Job"] = typeof(StartJobCommand),
        ["Where-Object"] = typeof(WhereObjectCommand),
    };

    /// <summary>The examples.</summary>
    public static TheoryData<string> Examples => [.. PageExample.All.Select(example => example.Id)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void IsNumberedAndShowsItsCmdlet(string id)
    {
        var example = PageExample.Find(id);
        Assert.StartsWith($"Example {example.Number}: ", example.Title, StringComparison.Ordinal);
        Assert.Contains(example.Commands, command => command.GetCommandName() == example.Cmdlet);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void UsesWhatExists(string id)
    {
        foreach (var command in PageExample.Find(id).Commands)
        {
            // In full: what is short is for the prompt.
            var known = Parameters(command.GetCommandName());
            Assert.All(
                command.CommandElements.OfType<CommandParameterAst>(),
                parameter => Assert.Contains(parameter.ParameterName, known, StringComparer.OrdinalIgnoreCase));
        }
    }

    private static IEnumerable<string> Parameters(string command)
    {
        if (PowerShellsOwn.TryGetValue(command, out var type))
        {
            return Parameters(new CommandMetadata(type));
        }

        return BuiltModule.Cmdlets.SingleOrDefault(cmdlet => cmdlet.Name == command) is { } ours
            ? Parameters(ours)
            : HyperVContract.Parameters(command);
    }

    private static IEnumerable<string> Parameters(CommandMetadata command) =>
        [.. command.Parameters.Keys, .. Cmdlet.CommonParameters, .. command.SupportsShouldProcess ? ["WhatIf", "Confirm"] : Array.Empty<string>()];
}
