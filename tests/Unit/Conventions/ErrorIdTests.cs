using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>The ids of the errors: thrown, documented and tested are the same ones.</summary>
public sealed partial class ErrorIdTests
{
    private static readonly string[] Thrown =
    [
        .. Files(BuiltModule.Sources, "*.cs")
            .SelectMany(file => ThrownId().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["id"].Value)
            .Distinct()
            .Order(),
    ];

    [Fact]
    public void TheHelpTellsThoseThatAreThrown() => Assert.Equal(
        Thrown,
        BuiltModule.Cmdlets.SelectMany(cmdlet => HelpPage.Read(cmdlet.Name).ErrorIds).Distinct().Order());

    [Fact]
    public void EachHasATest()
    {
        var tests = Path.Combine(BuiltModule.Repository, "tests");
        var tested = Files(tests, "*.cs").Concat(Files(tests, "*.ps1"))
            .SelectMany(file => Quoted().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["id"].Value)
            .ToHashSet();
        Assert.Empty(Thrown.Except(tested));
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any());

    // What is given to an exception or a failure as its first argument, and the ids that ConsoleErrors chooses from.
    [GeneratedRegex(@"(LinuxKitException|CallFailure|Failure)\(\s*(spec, )?""(?<id>[A-Z]\w+)""|=> \(\s*""(?<id>[A-Z]\w+)"",\s*FailureKind|new\(\s*""(?<id>[A-Z]\w+)"",\s*(FailureKind|\$?"")", RegexOptions.ExplicitCapture)]
    private static partial Regex ThrownId();

    [GeneratedRegex(@"[""'](?<id>[A-Z]\w+)(,[\w.*]+)?[""']", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}
