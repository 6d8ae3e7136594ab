using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>An example of a help page.</summary>
internal sealed record HelpExample(string Title, string Code, string Remarks);

/// <summary>A cmdlet's page in docs/en-US, in the schema that platyPS reads.</summary>
internal sealed partial class HelpPage
{
    private readonly IReadOnlyDictionary<string, string> _sections;

    private HelpPage(string text)
    {
        _sections = Split(text, "## ");
        Parameters = Split(this["PARAMETERS"], "### -");
    }

    /// <summary>The names of the cmdlets that have a page.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.md")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(name => !name.StartsWith("about_", StringComparison.Ordinal));

    /// <summary>Where the pages are.</summary>
    public static string Folder { get; } = Path.Combine(BuiltModule.Repository, "docs", "en-US");

    /// <summary>The parameters' sections.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The names of the parameter sets; the default one has a mark.</summary>
    public IEnumerable<string> SetNames => Split(this["SYNTAX"], "### ").Keys;

    /// <summary>The syntax of each parameter set.</summary>
    public IEnumerable<string> Syntax => Fences(this["SYNTAX"]);

    /// <summary>The examples.</summary>
    public IReadOnlyList<HelpExample> Examples =>
    [
        .. Split(this["EXAMPLES"], "### ").Select(example => new HelpExample(
            example.Key,
            Fences(example.Value).Single(),
            WithoutFences(example.Value))),
    ];

    /// <summary>The ids of the errors, each with what it says.</summary>
    public IEnumerable<string> ErrorIds => ErrorItem().Matches(this["NOTES"]).Select(match => match.Groups["id"].Value);

    /// <summary>The pages that it links to.</summary>
    public IEnumerable<string> Links => Link().Matches(this["RELATED LINKS"]).Select(match => match.Groups["page"].Value);

    /// <summary>A section's text.</summary>
    public string this[string section] => _sections[section];

    /// <summary>Reads a cmdlet's page.</summary>
    public static HelpPage Read(string cmdlet) => new(File.ReadAllText(Path.Combine(Folder, cmdlet + ".md")));

    /// <summary>The sections below a text's headings of one level.</summary>
    public static IReadOnlyDictionary<string, string> Split(string text, string heading)
    {
        var parts = ("\n" + text).Split("\n" + heading).Skip(1).Select(part => part.Split('\n', 2));
        return parts.ToDictionary(part => part[0].Trim(), part => part.ElementAtOrDefault(1)?.Trim() ?? string.Empty);
    }

    /// <summary>A parameter's description.</summary>
    public string Description(string parameter) => WithoutFences(Parameters[parameter]);

    /// <summary>A parameter's default value.</summary>
    public string DefaultValue(string parameter) => Field(Fences(Parameters[parameter]).First(), "Default value");

    /// <summary>The parameters of the sets, by the names of the sets.</summary>
    public IReadOnlyDictionary<string, List<ParameterFacts>> Sets(IReadOnlyList<string> setNames) => setNames.ToDictionary(
        set => set,
        set => Parameters.Keys
            .Where(name => name != "CommonParameters")
            .SelectMany(name => Fences(Parameters[name]).Where(block => IsIn(block, set)).Select(block => Facts(name, block)))
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .ToList());

    private static ParameterFacts Facts(string name, string block) => new(
        name,
        Field(block, "Type"),
        Field(block, "Required") == "True",
        Field(block, "Position").Replace("Named", "named", StringComparison.Ordinal),
        Field(block, "Accept pipeline input"),
        Field(block, "Aliases"),
        Field(block, "Accept wildcard characters") == "True");

    private static bool IsIn(string block, string set) => Field(block, "Parameter Sets") is "(All)" or "__AllParameterSets" ||
        Field(block, "Parameter Sets").Split(", ").Contains(set);

    private static string Field(string block, string name) => Regex.Match(block, $"^{name}:(.*)$", RegexOptions.Multiline).Groups[1].Value.Trim();

    private static IEnumerable<string> Fences(string text) => Fence().Matches(text).Select(match => match.Groups["code"].Value.Trim());

    private static string WithoutFences(string text) => Fence().Replace(text, string.Empty).Split("\n### ")[0].Trim();

    [GeneratedRegex(@"^```\w*\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^- (?<id>\w+): ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorItem();

    [GeneratedRegex(@"\]\((?<page>\w[^:)]*\.md)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
