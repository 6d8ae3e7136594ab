using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>What the acceptance tests cover, as far as reading them tells.</summary>
public sealed partial class AcceptanceTests
{
    private static readonly List<CommandAst> Commands =
    [
        .. Directory.GetFiles(Path.Combine(BuiltModule.Repository, "tests", "Pester"), "*.Tests.ps1")
            .SelectMany(file => Parser.ParseFile(file, out _, out _).FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()),
    ];

    private static string Facts => File.ReadAllText(Path.Combine(BuiltModule.Repository, "docs", "design", "hyper-v-facts.md"));

    [Fact]
    public void EveryCmdletIsUsed() => Assert.Empty(BuiltModule.Cmdlets.Select(cmdlet => cmdlet.Name).Except(Commands.Select(command => command.GetCommandName())));

    [Fact]
    public void EveryTestHasATag() => Assert.All(Commands.Where(command => command.GetCommandName() == "Describe"), command =>
        Assert.Contains(command.CommandElements, element => element is CommandParameterAst { ParameterName: "Tag" }));

    [Fact]
    public void EveryOpenQuestionIsAskedOfAHost()
    {
        var asked = Commands.Where(command => command.GetCommandName() == "Write-Fact").Select(command => ((StringConstantExpressionAst)command.CommandElements[1]).Value);
        var listed = Question().Matches(Facts).Select(match => match.Groups["question"].Value).ToList();

        Assert.Equal(listed.Order(), asked.Order());

        // The first sign is the one that is explained.
        Assert.Equal(listed.Count, Sign().Count(Facts) - 1);
    }

    [GeneratedRegex(@"\(\?\)")]
    private static partial Regex Sign();

    [GeneratedRegex(@"^- (?<question>[^\n]+)\?$", RegexOptions.Multiline)]
    private static partial Regex Question();
}
