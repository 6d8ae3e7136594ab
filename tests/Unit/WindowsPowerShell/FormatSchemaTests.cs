using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Tests.Conventions;
using Xunit;

namespace LinuxKitHyperV.Tests.WindowsPowerShell;

/// <summary>The module's views by the rules of Windows PowerShell 5.1.</summary>
public sealed partial class FormatSchemaTests
{
    private const string FileName = "LinuxKitHyperV.Format.ps1xml";

    private static readonly ContentModels Models = MakeModels();

    private static readonly XElement Views = XElement.Load(Path.Combine(BuiltModule.Folder, FileName));

    [Fact]
    public void TheViewsAreWhatTheSchemaSays() => Assert.Equal([], Models.Faults(Views));

    [Theory]
    [InlineData("<Configuration><ViewDefinitions><View><Name>a</Name><TableControl /></View></ViewDefinitions></Configuration>")]
    [InlineData("<TableColumnHeader><Width>wide</Width></TableColumnHeader>")]
    [InlineData("<TableColumnHeader><Alignment>Middle</Alignment></TableColumnHeader>")]
    [InlineData("<TableColumnItem><PropertyName>Name</PropertyName><ScriptBlock>$_.Name</ScriptBlock></TableColumnItem>")]
    [InlineData("<ListItem><PropertyName>Name</PropertyName>text</ListItem>")]
    [InlineData("<ListItem><PropertyName xmlns='urn:another'>Name</PropertyName></ListItem>")]
    public void WhatTheSchemaDoesNotSayIsSeen(string element) => Assert.NotEmpty(Models.Faults(XElement.Parse(element)));

    [Fact]
    public void EveryRowHasAnItemForEachHeader() => Assert.All(Views.Descendants("TableControl"), table => Assert.All(
        table.Descendants("TableColumnItems"),
        row => Assert.Equal(table.Descendants("TableColumnHeader").Count(), row.Elements("TableColumnItem").Count())));

    [Fact]
    public void TheViewsAreLoadedWithoutAnError()
    {
        Assert.Null(ErrorOfLoading(Path.Combine(BuiltModule.Folder, FileName)));

        using var folder = new TemporaryFolder();
        var broken = new XElement(Views);
        broken.Descendants("TableColumnItem").First().Remove();
        broken.Save(folder[FileName]);
        Assert.IsAssignableFrom<RuntimeException>(ErrorOfLoading(folder[FileName]));
    }

    [Fact]
    public void ScriptsInTheViewsCallTheModuleAndNothingElse() => Assert.All(Views.Descendants("ScriptBlock").Select(script => script.Value), script =>
    {
        Assert.Empty(SyntaxTests.News(script));
        var call = Call().Match(script);
        Assert.True(call.Success, script);
        var method = BuiltModule.Assembly.GetType(call.Groups["type"].Value, throwOnError: true)!.GetMethod(call.Groups["method"].Value, BindingFlags.Public | BindingFlags.Static);
        Assert.Equal([typeof(PSObject)], method!.GetParameters().Select(parameter => parameter.ParameterType));
    });

    // From the published reference of the format schema, as far as it is for tables and lists.
    private static ContentModels MakeModels()
    {
        const string Property = "PropertyName | ScriptBlock";
        var models = new ContentModels();
        models.Holds("Configuration", "ViewDefinitions");
        models.Holds("ViewDefinitions", "View+");
        models.Holds("View", "Name ViewSelectedBy GroupBy? (TableControl | ListControl)");
        models.Holds("ViewSelectedBy", "(TypeName | SelectionSetName)+");
        models.Holds("GroupBy", $"({Property}) (Label | CustomControlName)?");
        models.Holds("TableControl", "AutoSize? HideTableHeaders? TableHeaders? TableRowEntries");
        models.Holds("TableHeaders", "TableColumnHeader*");
        models.Holds("TableColumnHeader", "Label? (Width? Alignment? | Alignment Width)");
        models.Holds("TableRowEntries", "TableRowEntry+");
        models.Holds("TableRowEntry", "Wrap? EntrySelectedBy? TableColumnItems");
        models.Holds("TableColumnItems", "TableColumnItem*");
        models.Holds("TableColumnItem", $"Alignment? FormatString? ({Property})");
        models.Holds("ListControl", "ListEntries");
        models.Holds("ListEntries", "ListEntry+");
        models.Holds("ListEntry", "EntrySelectedBy? ListItems");
        models.Holds("ListItems", "ListItem*");
        models.Holds("ListItem", $"ItemSelectionCondition? FormatString? Label? ({Property})");
        models.Holds("ItemSelectionCondition", Property);
        models.Holds("EntrySelectedBy", "(TypeName | SelectionSetName | SelectionCondition)+");
        models.Says("Alignment", "(Left | Center | Right)");
        models.Says("Width", @"[1-9]\d*");
        foreach (var element in new[] { "CustomControlName", "FormatString", "Label", "Name", "PropertyName", "ScriptBlock", "SelectionSetName", "TypeName" })
        {
            models.Says(element, ".+");
        }

        foreach (var flag in new[] { "AutoSize", "HideTableHeaders", "Wrap" })
        {
            models.Says(flag, string.Empty);
        }

        return models;
    }

    private static Exception? ErrorOfLoading(string file)
    {
        var state = InitialSessionState.CreateDefault2();
        state.Formats.Add(new SessionStateFormatEntry(file));
        state.ThrowOnRunspaceOpenError = true;
        using var runspace = RunspaceFactory.CreateRunspace(state);
        return Record.Exception(runspace.Open);
    }

    [GeneratedRegex(@"^\[(?<type>[\w.]+)\]::(?<method>\w+)\(\$_\)$")]
    private static partial Regex Call();
}
