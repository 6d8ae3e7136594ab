using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LinuxKitHyperV.Tests.WindowsPowerShell;

/// <summary>What the elements of a kind of XML document hold: as much of a schema as these tests need.</summary>
internal sealed partial class ContentModels
{
    private const RegexOptions Options = RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture;

    private readonly Dictionary<string, Regex> _children = [];
    private readonly Dictionary<string, Regex> _texts = [];

    /// <summary>The prefixes under which the models know the documents' namespaces.</summary>
    public Dictionary<XNamespace, string> Prefixes { get; } = [];

    /// <param name="element">An element that holds others.</param>
    /// <param name="children">Their names in their order, with the signs of regular expressions: <c>Name Label? (Text | Script)+</c>.</param>
    public void Holds(string element, string children) =>
        _children.Add(element, new Regex($"^{Identifier().Replace(children, @"($0\x20)")}$", Options));

    /// <param name="element">An element that holds text.</param>
    /// <param name="text">A regular expression for all of the text.</param>
    public void Says(string element, string text) => _texts.Add(element, new Regex($"^{text}$", Options | RegexOptions.Singleline));

    /// <summary>Where a document is not as the models say, from an element down.</summary>
    public IEnumerable<string> Faults(XElement element)
    {
        var name = NameOf(element);
        var content = string.Concat(element.Elements().Select(child => $"{NameOf(child)} "));
        bool isRight = _texts.TryGetValue(name, out var text)
            ? content.Length == 0 && text.IsMatch(element.Value)
            : _children.TryGetValue(name, out var children) && children.IsMatch(content) && !element.Nodes().OfType<XText>().Any();
        var below = element.Elements().SelectMany(Faults);
        return isRight ? below : below.Prepend($"{name}: {(content.Length == 0 ? element.Value : content)}");
    }

    private string NameOf(XElement element) =>
        Prefixes.TryGetValue(element.Name.Namespace, out var prefix) ? $"{prefix}:{element.Name.LocalName}" : element.Name.ToString();

    [GeneratedRegex(@"[\w:]+")]
    private static partial Regex Identifier();
}
