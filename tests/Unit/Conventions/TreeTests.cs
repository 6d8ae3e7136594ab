using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>Which tree knows which, and that the document which leads through them is true.</summary>
public sealed partial class TreeTests
{
    private static readonly string StandIn = Path.Combine(BuiltModule.Repository, "standin");

    private static string Architecture => File.ReadAllText(Path.Combine(BuiltModule.Repository, "docs", "design", "architecture.md"));

    [Fact]
    public void TheTreeNamesEveryFolder()
    {
        var ignored = File.ReadLines(Path.Combine(BuiltModule.Repository, ".gitignore")).Where(line => line.EndsWith('/')).Select(line => line.TrimEnd('/'));
        Assert.Equal(
            Names(BuiltModule.Repository).Where(name => !name.StartsWith('.')).Except(ignored).Order(StringComparer.Ordinal),
            Folder().Matches(Architecture).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryFileAndRoomThatItNamesIsThere()
    {
        var files = SourceFile().Matches(Architecture).Select(match => match.Groups["path"].Value).Distinct().ToList();
        Assert.Contains("Planning/PlanRunner", files);
        Assert.DoesNotContain(files, file => Path.Combine(BuiltModule.Sources, file) is var path && !File.Exists(path + ".cs") && !Directory.Exists(path));
    }

    [Fact]
    public void OnlyWhatShipsIsInSrc() =>
        Assert.Equal([BuiltModule.Sources], Directory.GetDirectories(Path.Combine(BuiltModule.Repository, "src")));

    [Fact]
    public void TheStandInsProjectsKeepToTheirTree()
    {
        var projects = Files("*.csproj").Concat(Files("*.slnx")).ToList();
        Assert.Contains(projects, project => project.EndsWith("HyperV.Qemu.csproj", StringComparison.Ordinal));
        Assert.All(projects, project => Assert.All(PathsIn(project), path => Assert.StartsWith(StandIn + Path.DirectorySeparatorChar, path, StringComparison.Ordinal)));
    }

    [Fact]
    public void TheStandInsCodeDoesNotNameTheModule()
    {
        var code = Files("*.cs").ToList();
        Assert.NotEmpty(code);
        Assert.DoesNotContain(code, file => File.ReadAllText(file).Contains("LinuxKit", StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^    (?<name>[\w-]+)/ ", RegexOptions.Multiline)]
    private static partial Regex Folder();

    [GeneratedRegex(@"`(?<path>[A-Z]\w+(/\w+)+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex SourceFile();

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path));

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(StandIn, pattern, SearchOption.AllDirectories).Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    /// <summary>The files and folders that a project names, but those of the build's properties, which are the whole repository's.</summary>
    private static IEnumerable<string> PathsIn(string project) =>
        from name in XDocument.Load(project).Descendants().Attributes()
        where name.Name.LocalName is "Include" or "Project" or "Path"
        from path in name.Value.Split(';')
        where path.Contains('/', StringComparison.Ordinal) && !path.StartsWith("$(", StringComparison.Ordinal) && name.Parent!.Name.LocalName != "Folder"
        select Path.GetFullPath(path, Path.GetDirectoryName(project)!);
}
