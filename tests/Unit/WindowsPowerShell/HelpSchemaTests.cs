using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using LinuxKitHyperV.Tests.Conventions;
using Xunit;

namespace LinuxKitHyperV.Tests.WindowsPowerShell;

/// <summary>The compiled help by the rules of Windows PowerShell 5.1: where it looks for it, and the order of MAML's elements.</summary>
public sealed class HelpSchemaTests
{
    private static readonly ContentModels Models = MakeModels();

    private static readonly string Folder = Path.Combine(BuiltModule.Folder, "en-US");

    private static readonly XElement Help = XElement.Load(Path.Combine(Folder, $"{BuiltModule.Manifest["RootModule"]}-Help.xml"));

    [Fact]
    public void TheHelpIsWhatTheSchemaSays() => Assert.Equal([], Models.Faults(Help));

    [Fact]
    public void ItIsKnownAsMaml() => Assert.Equal("maml", Help.Attribute("schema")?.Value);

    [Theory]
    [InlineData("examples", "description")]
    [InlineData("parameters", "syntax")]
    [InlineData("relatedLinks", "details")]
    public void AnotherOrderIsSeen(string moved, string before)
    {
        var command = new XElement(Help.Elements().First());
        Assert.Empty(Models.Faults(command));

        var element = command.Elements().Single(child => child.Name.LocalName == moved);
        element.Remove();
        command.Elements().First(child => child.Name.LocalName == before).AddBeforeSelf(element);

        Assert.Single(Models.Faults(command));
    }

    [Fact]
    public void AboutTopicsHaveTheNamesAndTheHeadThatGetHelpReads() => Assert.All(Directory.GetFiles(Folder, "*.txt"), file =>
    {
        Assert.Matches(@"^about_\w+\.help\.txt$", Path.GetFileName(file));

        // The second line is the topic's name; what follows "SHORT DESCRIPTION" is its synopsis.
        var lines = File.ReadAllLines(file);
        Assert.Equal("TOPIC", lines[0]);
        Assert.Equal(Path.GetFileName(file), $"{lines[1].Trim()}.help.txt", ignoreCase: true);
        Assert.NotEmpty(lines[Array.IndexOf(lines, "SHORT DESCRIPTION") + 1].Trim());
    });

    // The order of the elements as Microsoft's guide to writing help for cmdlets has it. There relatedLinks is maml's; platyPS writes it as
    // the command's, and Get-Help asks no element for its namespace.
    private static ContentModels MakeModels()
    {
        var models = new ContentModels
        {
            Prefixes =
            {
                ["http://msh"] = "msh",
                ["http://schemas.microsoft.com/maml/2004/10"] = "maml",
                ["http://schemas.microsoft.com/maml/dev/command/2004/10"] = "command",
                ["http://schemas.microsoft.com/maml/dev/2004/10"] = "dev",
            },
        };
        models.Holds("msh:helpItems", "command:command+");
        models.Holds(
            "command:command",
            """
            command:details maml:description command:syntax command:parameters? command:inputTypes? command:returnValues?
            command:terminatingErrors? command:nonTerminatingErrors? maml:alertSet? command:examples? command:relatedLinks?
            """);
        models.Holds("command:details", "command:name command:verb command:noun maml:description");
        models.Holds("maml:description", "maml:para+");
        models.Holds("command:syntax", "command:syntaxItem+");
        models.Holds("command:syntaxItem", "maml:name command:parameter*");
        models.Holds("command:parameters", "command:parameter*");
        models.Holds("command:parameter", "maml:name maml:description command:parameterValue? dev:type dev:defaultValue");
        models.Holds("command:inputTypes", "command:inputType+");
        models.Holds("command:inputType", "dev:type maml:description");
        models.Holds("command:returnValues", "command:returnValue+");
        models.Holds("command:returnValue", "dev:type maml:description");
        models.Holds("dev:type", "maml:name maml:uri?");
        models.Holds("maml:alertSet", "maml:alert+");
        models.Holds("maml:alert", "maml:para+");
        models.Holds("command:examples", "command:example+");
        models.Holds("command:example", "maml:title dev:code dev:remarks");
        models.Holds("dev:remarks", "maml:para+");
        models.Holds("command:relatedLinks", "maml:navigationLink*");
        models.Holds("maml:navigationLink", "maml:linkText maml:uri");
        models.Says("command:name", @"\w+-\w+");
        models.Says("maml:uri", @"\S*");
        foreach (var element in new[] { "command:noun", "command:parameterValue", "command:verb", "dev:code", "dev:defaultValue", "maml:linkText", "maml:name", "maml:para", "maml:title" })
        {
            models.Says(element, ".*");
        }

        return models;
    }
}
