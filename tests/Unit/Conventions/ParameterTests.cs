using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>What every parameter of the module keeps to.</summary>
public sealed class ParameterTests
{
    // Here -Path names what is made: a wildcard means nothing, and the path is taken as it is.
    private static readonly string[] CmdletsThatMakeFiles = ["New-LinuxKitDisk", "New-LinuxKitMetadata"];

    private static readonly string[] CommonAliases =
        ["vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv", "wi", "cf", "usetx"];

    private static readonly HashSet<string> Reserved = new(
        [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters, .. CommonAliases],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the cmdlets.</summary>
    public static TheoryData<string> Cmdlets => BuiltModule.Names;

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void TakesNoReservedName(string name) => Assert.DoesNotContain(
        BuiltModule.Cmdlet(name).Parameters.Values.SelectMany(parameter => parameter.Aliases.Append(parameter.Name)),
        Reserved.Contains);

    [Fact]
    public void HasTheSameTypeWhereverItHasTheSameName()
    {
        var types = BuiltModule.Cmdlets
            .SelectMany(cmdlet => cmdlet.Parameters.Values)
            .GroupBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Select(TypeName).Distinct().Count() > 1)
            .Select(same => same.Key);
        Assert.Empty(types);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void LeavesNoDoubtAboutThePipeline(string name)
    {
        var cmdlet = BuiltModule.Cmdlet(name);
        Assert.All(cmdlet.SetNames(), set => Assert.True(cmdlet.InSet(set).Count(parameter => parameter.InSet.ValueFromPipeline) <= 1));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void LeavesNoDoubtAboutPositions(string name)
    {
        var cmdlet = BuiltModule.Cmdlet(name);
        Assert.All(cmdlet.SetNames(), set =>
        {
            var positions = cmdlet.InSet(set).Select(parameter => parameter.InSet.Position).Where(position => position != int.MinValue).Order().ToList();
            Assert.Equal(Enumerable.Range(0, positions.Count), positions);
        });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void TakesPathsAsPowerShellsOwnCmdletsDo(string name)
    {
        var parameters = BuiltModule.Cmdlet(name).Parameters;
        if (!parameters.TryGetValue("Path", out var path))
        {
            Assert.False(parameters.ContainsKey("LiteralPath"));
            return;
        }

        Assert.Equal(CmdletsThatMakeFiles.Contains(name), !SupportsWildcards(path));
        if (SupportsWildcards(path))
        {
            var literalPath = parameters["LiteralPath"];
            Assert.Contains("PSPath", literalPath.Aliases);
            Assert.All(literalPath.ParameterSets.Values, set => Assert.True(set.ValueFromPipelineByPropertyName));
            Assert.Empty(literalPath.ParameterSets.Keys.Intersect(path.ParameterSets.Keys));
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void TakesMachinesInTheSameWords(string name)
    {
        foreach (var (parameter, type, alias) in new[]
        {
            ("Name", typeof(string[]), "VMName"), ("Id", typeof(Guid[]), "VMId"), ("VM", typeof(PSObject[]), null),
        })
        {
            if (BuiltModule.Cmdlet(name).Parameters.TryGetValue(parameter, out var found))
            {
                Assert.Equal(type, found.ParameterType);
                Assert.Equal(alias is null ? [] : [alias], found.Aliases);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void IsASwitchAndNoBoolean(string name) => Assert.DoesNotContain(
        BuiltModule.Cmdlet(name).Parameters.Values,
        parameter => parameter.ParameterType == typeof(bool) || parameter.ParameterType == typeof(bool?));

    private static bool SupportsWildcards(ParameterMetadata parameter) => parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any();

    private static string TypeName(ParameterMetadata parameter) =>
        parameter.ParameterType + parameter.Attributes.OfType<PSTypeNameAttribute>().SingleOrDefault()?.PSTypeName;
}
