using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>What the help says is what the cmdlets do, and the compiled help is that of the pages.</summary>
public sealed partial class HelpTests
{
    /// <summary>The names of the cmdlets.</summary>
    public static TheoryData<string> Cmdlets => BuiltModule.Names;

    [Fact]
    public void EveryCmdletHasAPageAndAnEntry()
    {
        Assert.Equal(BuiltModule.Cmdlets.Select(cmdlet => cmdlet.Name), HelpPage.Names.Order(StringComparer.Ordinal));
        Assert.Equal(BuiltModule.Cmdlets.Select(cmdlet => cmdlet.Name), CompiledHelp.Names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void ThePageTellsTheParameters(string name)
    {
        var cmdlet = BuiltModule.Cmdlet(name);
        var sets = ParameterFacts.Of(cmdlet);
        var told = HelpPage.Read(name).Sets(cmdlet.SetNames());
        Assert.All(sets, set => Assert.Equal(Lines(set.Value), Lines(told[set.Key])));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void ThePageTellsTheSyntax(string name)
    {
        var cmdlet = BuiltModule.Cmdlet(name);
        var page = HelpPage.Read(name);
        if (cmdlet.SetNames().Count > 1)
        {
            Assert.Equal(
                cmdlet.SetNames().Select(set => set == cmdlet.DefaultParameterSetName ? $"{set} (Default)" : set).Order(),
                page.SetNames.Order());
        }

        Assert.Equal(
            ParameterFacts.Of(cmdlet).Values.Select(set => Lines(set.Select(SyntaxOf))).Order(),
            page.Syntax.Select(syntax => Lines(SyntaxItem().Matches(syntax).Select(item => item.Value).Where(item => item != "[<CommonParameters>]").OrderBy(item => SyntaxName().Match(item).Value, StringComparer.Ordinal))).Order());
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void ThePageTellsTheDefaults(string name)
    {
        var cmdlet = BuiltModule.Cmdlet(name);
        var page = HelpPage.Read(name);
        var fresh = Activator.CreateInstance(cmdlet.CommandType)!;
        foreach (var parameter in cmdlet.Parameters.Values.Where(parameter => parameter.ParameterType.IsPrimitive || parameter.ParameterType == typeof(string)))
        {
            var value = cmdlet.CommandType.GetProperty(parameter.Name)!.GetValue(fresh);
            var told = page.DefaultValue(parameter.Name);
            var isSet = value is not (null or "" or 0 or 0L);
            Assert.Equal(isSet ? value : null, told == "None" ? null : LanguagePrimitives.ConvertTo(told, parameter.ParameterType));
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void ThePageSaysSomethingOfEverything(string name)
    {
        var page = HelpPage.Read(name);
        Assert.All(new[] { "SYNOPSIS", "DESCRIPTION", "INPUTS", "OUTPUTS", "NOTES" }, section => Assert.NotEmpty(page[section]));
        Assert.All(page.Parameters.Keys, parameter => Assert.NotEmpty(page.Description(parameter)));
        Assert.True(page.Examples.Count >= 3, "There are too few examples.");
        Assert.All(page.Examples, example => Assert.NotEmpty(example.Remarks));
        Assert.Contains("real Hyper-V host", page["NOTES"], StringComparison.Ordinal);
        Assert.All(page.Links, link => Assert.True(File.Exists(Path.Combine(HelpPage.Folder, link)), link));
    }

    /// <remarks>LinuxKit's users know sizes such as 2G, which PowerShell does not take for a number.</remarks>
    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void ThePageSaysHowNumbersOfBytesAreWritten(string name)
    {
        var page = HelpPage.Read(name);
        Assert.All(
            page.Parameters.Keys.Where(parameter => parameter.EndsWith("Bytes", StringComparison.Ordinal)),
            parameter => Assert.Matches(@"in bytes, as in [0-9]+[MG]B\b", page.Description(parameter)));
    }

    [Fact]
    public void WhatANewVMHasIsToldAlikeOnBothPages()
    {
        var (make, start) = (HelpPage.Read("New-LinuxKitVM"), HelpPage.Read("Start-LinuxKitVM"));
        var command = BuiltModule.Cmdlet("Start-LinuxKitVM").CommandType;
        Assert.All(
            command.GetProperties().Where(property => property.DeclaringType != command && make.Parameters.ContainsKey(property.Name)),
            property => Assert.Equal(
                make.Description(property.Name).Replace("New-LinuxKitVM", "Start-LinuxKitVM", StringComparison.Ordinal),
                start.Description(property.Name)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void TheEntryTellsTheParameters(string name) => Assert.Equal(
        ParameterFacts.Of(BuiltModule.Cmdlet(name)).Values.Select(Lines).Order(),
        CompiledHelp.Of(name).Sets.Select(Lines).Order());

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void TheEntryIsThatOfThePage(string name)
    {
        var page = HelpPage.Read(name);
        var entry = CompiledHelp.Of(name);
        Assert.Equal(Words(page["SYNOPSIS"]), Words(entry.Synopsis));
        Assert.Equal(Words(page["DESCRIPTION"]), Words(entry.Description));
        Assert.Equal(Words(page["INPUTS"]), Words(entry.Inputs));
        Assert.Equal(Words(page["OUTPUTS"]), Words(entry.Outputs));
        Assert.Equal(Words(page["NOTES"]), Words(entry.Notes));
        Assert.Equal(page.Links.Select(Path.GetFileNameWithoutExtension), entry.Links);
        Assert.Equal(page.Examples.Select(example => example with { Remarks = Words(example.Remarks) }), entry.Examples.Select(example => example with { Remarks = Words(example.Remarks) }));

        var parameters = page.Parameters.Keys.Where(parameter => parameter != "CommonParameters").ToList();
        Assert.Equal(parameters.Order(), entry.Parameters.Keys.Order());
        Assert.All(parameters, parameter => Assert.Equal(Words(page.Description(parameter)), Words(entry.Parameters[parameter])));
    }

    [Fact]
    public void TheAboutTopicIsThatOfItsPage() => Assert.Equal(
        Words(File.ReadAllText(Path.Combine(HelpPage.Folder, "about_LinuxKitHyperV.md")).Replace("# LinuxKitHyperV\n", "TOPIC\n", StringComparison.Ordinal)),
        Words(File.ReadAllText(Path.Combine(BuiltModule.Folder, "en-US", "about_LinuxKitHyperV.help.txt"))),
        ignoreCase: true);

    [Fact]
    public void ThePackageHasTheHelpOfTheRepository()
    {
        var names = Directory.GetFiles(Path.Combine(BuiltModule.Repository, "en-US")).Select(Path.GetFileName).Order();
        Assert.Equal(["about_LinuxKitHyperV.help.txt", "LinuxKitHyperV.dll-Help.xml"], names);
        Assert.All(names, name => Assert.Equal(
            File.ReadAllText(Path.Combine(BuiltModule.Repository, "en-US", name!)),
            File.ReadAllText(Path.Combine(BuiltModule.Folder, "en-US", name!))));
    }

    /// <remarks>Windows PowerShell reads help without a byte order mark in the computer's code page.</remarks>
    [Fact]
    public void TheHelpIsPlainText() => Assert.All(
        Directory.EnumerateFiles(HelpPage.Folder).Concat(Directory.EnumerateFiles(Path.Combine(BuiltModule.Repository, "en-US"))),
        file => Assert.True(File.ReadAllBytes(file).All(value => value < 128), file));

    [GeneratedRegex(@"\[<CommonParameters>\]|\[\[?-\w+\]? <[^>]+>\]|\[-\w+\] <[^>]+>|-\w+ <[^>]+>|\[-\w+\]")]
    private static partial Regex SyntaxItem();

    [GeneratedRegex(@"(?<=-)\w+")]
    private static partial Regex SyntaxName();

    [GeneratedRegex(@"\[(?<text>[^\]\[]+)\]\([^)\s]+\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    private static string SyntaxOf(ParameterFacts parameter)
    {
        var name = parameter.Position == "named" ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var item = parameter.Type == nameof(SwitchParameter) ? name : $"{name} <{parameter.Type}>";
        return parameter.IsRequired ? item : $"[{item}]";
    }

    private static string Lines<T>(IEnumerable<T> items) => string.Join('\n', items);

    // The text without its markup and its line ends: what a reader of either form reads.
    private static string Words(string text) => Regex.Replace(Link().Replace(text, "${text}"), @"[\s#`]+", string.Empty);
}
