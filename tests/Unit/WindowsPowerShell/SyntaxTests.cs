using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using LinuxKitHyperV.Tests.Conventions;
using Xunit;

namespace LinuxKitHyperV.Tests.WindowsPowerShell;

/// <summary>Every script of the repository, and every example of its texts, is read by Windows PowerShell 5.1 and uses what it has.</summary>
public sealed partial class SyntaxTests
{
    private static readonly string[] Folders = ["docs", "en-US", "src", "tests"];

    private static readonly HashSet<TokenKind> NewTokens =
    [
        TokenKind.AndAnd, TokenKind.OrOr, TokenKind.QuestionMark, TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals,
        TokenKind.QuestionDot, TokenKind.QuestionLBracket, TokenKind.Clean,
    ];

    private static readonly HashSet<string> NewCommands = new(
        [
            "ConvertFrom-Markdown", "Get-Error", "Get-Uptime", "Join-String", "Remove-Alias", "Remove-Service",
            "Show-Markdown", "Start-ThreadJob", "Switch-Process", "Test-Json", "ConvertTo-CliXml", "ConvertFrom-CliXml",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> NewParameters = new(
        [
            "AdditionalChildPath", "AllowUnencryptedAuthentication", "AsArray", "AsByteStream", "AsHashtable", "AsUTC", "Bottom", "EnumsAsStrings",
            "EscapeHandling", "LeafBase", "NoEmphasis", "Parallel", "SkipHttpErrorCheck", "SkipIndex", "Stable", "ThrottleLimit", "Top", "UnixTimeSeconds",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> NewVariables =
        new(["IsCoreCLR", "IsLinux", "IsMacOS", "IsWindows", "PSStyle"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Scripts, manifests, and texts with examples, by their paths in the repository.</summary>
    public static TheoryData<string> Texts =>
    [
        .. Directory.GetFiles(BuiltModule.Repository)
            .Concat(Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(BuiltModule.Repository, folder), "*", SearchOption.AllDirectories)))
            .Where(file => Path.GetExtension(file) is ".ps1" or ".psm1" or ".psd1" or ".md")
            .Select(file => Path.GetRelativePath(BuiltModule.Repository, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void NeedsNoNewPowerShell(string file)
    {
        var text = File.ReadAllText(Path.Combine(BuiltModule.Repository, file));
        var scripts = file.EndsWith(".md", StringComparison.Ordinal) ? Example().Matches(text).Select(match => match.Groups["code"].Value) : [text];
        Assert.All(scripts, script => Assert.Empty(News(script)));
    }

    [Theory]
    [InlineData("$x ? 1 : 2")]
    [InlineData("$x ?? 1")]
    [InlineData("$x ??= 1")]
    [InlineData("${x}?.Name")]
    [InlineData("${x}?[0]")]
    [InlineData("a && b")]
    [InlineData("a || b")]
    [InlineData("1, 2 | ForEach-Object -Parallel { $_ }")]
    [InlineData("Get-Error")]
    [InlineData("if ($IsWindows) { }")]
    [InlineData("Start-Sleep 1 &")]
    [InlineData("if (")]
    public void WhatIsNewIsSeen(string script) => Assert.NotEmpty(News(script));

    internal static List<string> News(string script)
    {
        var ast = Parser.ParseInput(script, out var tokens, out var errors);
        return
        [
            .. errors.Select(error => error.Message),
            .. tokens.Where(token => NewTokens.Contains(token.Kind)).Select(token => token.Text),
            .. All<CommandAst>(ast).Select(command => command.GetCommandName()).Where(name => name is not null && NewCommands.Contains(name)),
            .. All<CommandParameterAst>(ast).Select(parameter => parameter.ParameterName).Where(NewParameters.Contains),
            .. All<VariableExpressionAst>(ast).Select(variable => variable.VariablePath.UserPath).Where(NewVariables.Contains),
            .. All<PipelineAst>(ast).Where(pipeline => pipeline.Background).Select(pipeline => pipeline.Extent.Text),
        ];
    }

    private static IEnumerable<T> All<T>(Ast ast)
        where T : Ast
        => ast.FindAll(node => node is T, searchNestedScriptBlocks: true).Cast<T>();

    [GeneratedRegex(@"^```powershell\r?\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
