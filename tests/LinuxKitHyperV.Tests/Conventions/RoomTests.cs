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

    // The house from the ground up: each room, and the rooms below that it uses.
    private static readonly (string Room, string[] Below)[] Floors =
    [
        ("Console", []),
        ("HyperV", []),
        ("Images", []),
        ("Metadata", []),
        ("Disks", ["Images"]),
        ("Networking", ["HyperV"]),
        ("Planning", ["Disks", "HyperV"]),
        ("Machines", ["Console", "HyperV", "Images", "Planning"]),
        ("Guests", ["Console", "HyperV", "Machines", "Networking"]),
        ("Requests", ["Console", "Disks", "HyperV", "Images", "Machines", "Metadata", "Networking"]),
        ("Hosts", ["HyperV", "Machines", "Networking", "Requests"]),
        ("Waiting", ["Console", "Guests", "HyperV", "Machines", "Networking"]),
        ("Making", ["Console", "Disks", "Guests", "HyperV", "Images", "Machines", "Metadata", "Planning", "Requests"]),
        ("Cmdlets", ["Console", "Disks", "Guests", "Hosts", "HyperV", "Images", "Machines", "Making", "Metadata", "Networking", "Planning", "Requests", "Waiting"]),
    ];

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
    public void EveryRoomUsesThoseThatTheTableGivesIt() => Assert.Equal(
        Floors.SelectMany(floor => floor.Below, (floor, below) => (floor.Room, below)).Order(),
        Code()
            .SelectMany(line => Neighbor().Matches(line.Text), (line, match) => (line.Room, Below: match.Groups["room"].Value))
            .Where(arrow => arrow.Room != arrow.Below)
            .Distinct()
            .Order());

    [Fact]
    public void EveryArrowRunsDown()
    {
        var order = Array.ConvertAll(Floors, floor => floor.Room);
        Assert.All(Floors, floor => Assert.All(floor.Below, below => Assert.InRange(Array.IndexOf(order, below), 0, Array.IndexOf(order, floor.Room) - 1)));
    }

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
