using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>What the packaged module says of itself.</summary>
public sealed class ManifestTests
{
    [Fact]
    public void ExportsTheCmdletsAndNothingElse()
    {
        Assert.Equal(BuiltModule.Cmdlets.Select(cmdlet => cmdlet.Name), Values("CmdletsToExport"));
        Assert.Empty(Values("FunctionsToExport"));
        Assert.Empty(Values("VariablesToExport"));
        Assert.Empty(Values("AliasesToExport"));
    }

    [Fact]
    public void NamesThePowerShellsThatItRunsOn()
    {
        Assert.Equal(["Desktop", "Core"], Values("CompatiblePSEditions"));
        Assert.Equal("5.1", BuiltModule.Manifest["PowerShellVersion"]);
        Assert.Equal("4.7.2", BuiltModule.Manifest["DotNetFrameworkVersion"]);
    }

    [Fact]
    public void HasOneVersion()
    {
        var version = Version.Parse((string)BuiltModule.Manifest["ModuleVersion"]!);
        var assembly = BuiltModule.Assembly.GetName().Version!;
        Assert.Equal(version, new Version(assembly.Major, assembly.Minor, assembly.Build));

        var changes = File.ReadAllText(Path.Combine(BuiltModule.Repository, "CHANGELOG.md"));
        Assert.Equal($"v{version}", Regex.Match(changes, @"^## (v\S+)", RegexOptions.Multiline).Groups[1].Value);
    }

    [Fact]
    public void NamesFilesThatAreThere()
    {
        Assert.All(
            Values("FormatsToProcess").Append((string)BuiltModule.Manifest["RootModule"]!),
            file => Assert.True(File.Exists(Path.Combine(BuiltModule.Folder, file)), file));
        Assert.Single(Directory.EnumerateFiles(BuiltModule.Folder, "*.dll", SearchOption.AllDirectories));
    }

    [Fact]
    public void ReferencesNothingThatWouldHaveToBeShipped() => Assert.Equal(
        ["netstandard", "System.Management.Automation"],
        BuiltModule.Assembly.GetReferencedAssemblies().Select(reference => reference.Name).Order());

    private static string[] Values(string key) => [.. ((Array)BuiltModule.Manifest[key]!).Cast<string>()];
}
