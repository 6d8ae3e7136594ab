using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>Which folder of the sources may know what.</summary>
public sealed partial class RoomTests
{
    private static readonly string[] RoomsWithoutPowerShell = ["Console", "Disks", "Images", "Metadata"];
    private static readonly string[] GroundFloor = [.. RoomsWithoutPowerShell, "HyperV"];

    // Tab completion has no cmdlet whose streams a gateway could write to, and whose location a path could be relative to.
    private static readonly string[] Completers = ["HyperVCompleter.cs", "LiteralPathCompleter.cs"];

    [Fact]
    public void OnlyHyperVNamesItsCmdlets()
    {
        Assert.Contains(Code("HyperV"), line => HyperVCmdlet().IsMatch(line.Text));

        // What is told to users may name them: a call names the module too, or the cmdlet alone.
        Assert.Empty(Code().Where(line => line.Room != "HyperV" && HyperVCmdlet().IsMatch(line.Text)).Select(line => line.ToString()));
    }

    [Fact]
    public void OnlyHyperVRunsCommands() => Assert.Empty(
        Code().Where(line => line.Room != "HyperV" && !Completers.Contains(line.File) && RunsCommands().IsMatch(line.Text)).Select(line => line.ToString()));

    [Fact]
    public void WhatNeedsNoPowerShellKnowsNone() => Assert.Empty(
        RoomsWithoutPowerShell.SelectMany(Code).Where(line => line.Text.Contains("System.Management.Automation", StringComparison.Ordinal)).Select(line => line.ToString()));

    [Fact]
    public void NothingKnowsTheCmdlets()
    {
        Assert.Contains(Code("Cmdlets"), line => KnowsTheCmdlets().IsMatch(line.Text));
        Assert.Empty(Code().Where(line => line.Room != "Cmdlets" && KnowsTheCmdlets().IsMatch(line.Text)).Select(line => line.ToString()));
    }

    [Fact]
    public void TheGroundFloorLooksNowhereElse() => Assert.Empty(
        GroundFloor.SelectMany(Code).Where(line => Neighbor().Match(line.Text) is { Success: true } match &&
            match.Groups["room"].Value != line.Room &&
            (line.Room, match.Groups["room"].Value) != ("Disks", "Images")).Select(line => line.ToString()));

    [GeneratedRegex(@"Hyper-V\\|""[A-Z][a-z]+-(VM|VHD)\w*""", RegexOptions.ExplicitCapture)]
    private static partial Regex HyperVCmdlet();

    [GeneratedRegex(@"PowerShell\.Create\(|InvokeScript\(|\.AddScript\(")]
    private static partial Regex RunsCommands();

    [GeneratedRegex(@"LinuxKitHyperV\.Commands\b")]
    private static partial Regex KnowsTheCmdlets();

    [GeneratedRegex(@"^using LinuxKitHyperV\.(?<room>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Neighbor();

    private static IEnumerable<SourceLine> Code(string room) => Code().Where(line => line.Room == room);

    private static IEnumerable<SourceLine> Code() =>
        from file in Directory.EnumerateFiles(BuiltModule.Sources, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(BuiltModule.Sources, file).Split(Path.DirectorySeparatorChar)
        where path[0] is not ("obj" or "bin")
        from line in File.ReadLines(file).Select((text, index) => (text, number: index + 1))
        select new SourceLine(path.Length > 1 ? path[0] : string.Empty, path[^1], line.number, line.text);

    private sealed record SourceLine(string Room, string File, int Number, string Text);
}
