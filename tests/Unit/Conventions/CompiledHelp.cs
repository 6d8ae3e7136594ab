using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>A cmdlet's entry in the compiled help, as Get-Help reads it.</summary>
internal sealed class CompiledHelp
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";

    private static readonly XElement Items = XElement.Load(Path.Combine(BuiltModule.Folder, "en-US", "LinuxKitHyperV.dll-Help.xml"));

    private readonly XElement _entry;

    private CompiledHelp(XElement entry) => _entry = entry;

    /// <summary>The names of the cmdlets that have an entry.</summary>
    public static IEnumerable<string> Names => Items.Elements(Command + "command").Select(Name);

    /// <summary>The parameters of each parameter set; the sets have no names here.</summary>
    public IEnumerable<List<ParameterFacts>> Sets => _entry.Element(Command + "syntax")!.Elements().Select(set => set
        .Elements(Command + "parameter")
        .Select(Facts)
        .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
        .ToList());

    /// <summary>The synopsis.</summary>
    public string Synopsis => Text(_entry.Element(Command + "details")!.Element(Maml + "description"));

    /// <summary>The description.</summary>
    public string Description => Text(_entry.Element(Maml + "description"));

    /// <summary>The notes.</summary>
    public string Notes => Text(_entry.Element(Maml + "alertSet"));

    /// <summary>What is taken from the pipeline.</summary>
    public string Inputs => Text(_entry.Element(Command + "inputTypes"));

    /// <summary>What is emitted.</summary>
    public string Outputs => Text(_entry.Element(Command + "returnValues"));

    /// <summary>The titles of the linked pages.</summary>
    public IEnumerable<string> Links => _entry.Element(Command + "relatedLinks")!.Descendants(Maml + "linkText").Select(link => link.Value);

    /// <summary>The examples.</summary>
    public IEnumerable<HelpExample> Examples => _entry.Element(Command + "examples")!.Elements().Select(example => new HelpExample(
        example.Element(Maml + "title")!.Value.Trim('-', ' '),
        example.Element(Dev + "code")!.Value.Trim(),
        Text(example.Element(Dev + "remarks"))));

    /// <summary>The parameters' descriptions.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _entry.Element(Command + "parameters")!.Elements().ToDictionary(
        parameter => parameter.Element(Maml + "name")!.Value,
        parameter => Text(parameter.Element(Maml + "description")));

    /// <summary>A cmdlet's entry.</summary>
    public static CompiledHelp Of(string cmdlet) => new(Items.Elements(Command + "command").Single(entry => Name(entry) == cmdlet));

    private static ParameterFacts Facts(XElement parameter) => new(
        parameter.Element(Maml + "name")!.Value,
        parameter.Element(Dev + "type")!.Element(Maml + "name")!.Value,
        Attribute(parameter, "required") == "true",
        Attribute(parameter, "position"),
        Attribute(parameter, "pipelineInput"),
        Attribute(parameter, "aliases") is var aliases && aliases == "none" ? string.Empty : aliases,
        Attribute(parameter, "globbing") == "true");

    private static string Attribute(XElement element, string name) => element.Attribute(name)!.Value;

    private static string Name(XElement entry) => entry.Element(Command + "details")!.Element(Command + "name")!.Value;

    private static string Text(XElement? element) => element is null
        ? string.Empty
        : string.Join('\n', element.DescendantsAndSelf().Where(leaf => !leaf.HasElements).Select(leaf => leaf.Value));
}
