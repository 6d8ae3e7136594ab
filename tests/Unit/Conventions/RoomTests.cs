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
    // What old frameworks lack for the compiler: nothing names it.
    private const string ForTheCompiler = "Language";

    private static readonly string[] RoomsWithoutPowerShell = ["Console", "Content", "Disks", "Formats", "Images", "Metadata", "Native", "Terminal"];

    // The house from the ground up: each room, and the rooms below that it uses.
    private static readonly (string Room, string[] Below)[] Floors =
    [
        ("Native/Unix", []),
        ("Native/Windows", []),
        ("Console/Text", []),
        ("Console", ["Console/Text", "Native/Unix", "Native/Windows"]),
        ("Console/Shell", ["Console"]),
        ("Terminal", ["Console", "Console/Text", "Native/Unix", "Native/Windows"]),
        ("Content", ["Native/Unix", "Native/Windows"]),
        ("Formats", ["Content"]),
        ("Formats/Ext", ["Content", "Formats"]),
        ("Formats/Fat", ["Content", "Formats"]),
        ("Formats/Iso9660", ["Content", "Formats"]),
        ("Formats/Linux", ["Content"]),
        ("Formats/Partitions", ["Content", "Formats"]),
        ("Formats/Pe", ["Content", "Formats"]),
        ("Formats/Qcow2", ["Content", "Formats"]),
        ("Formats/Tar", ["Content", "Formats", "Formats/Linux"]),
        ("Formats/Vhd", ["Content", "Formats"]),
        ("Formats/Vhdx", ["Content", "Formats"]),
        ("Formats/Vmdk", ["Content", "Formats"]),
        ("HyperV", []),
        ("Images", ["Content", "Formats", "Formats/Ext", "Formats/Fat", "Formats/Iso9660", "Formats/Linux", "Formats/Partitions", "Formats/Pe", "Formats/Qcow2", "Formats/Tar", "Formats/Vhd", "Formats/Vhdx", "Formats/Vmdk"]),
        ("Metadata", ["Formats/Iso9660", "Native/Unix", "Native/Windows"]),
        ("Disks", ["Content", "Formats", "Formats/Vhd", "Formats/Vhdx"]),
        ("Networking", ["HyperV"]),
        ("Planning", ["Disks", "HyperV"]),
        ("Machines", ["Console", "Content", "HyperV", "Images", "Planning"]),
        ("Guests", ["Console", "Console/Shell", "HyperV", "Machines", "Networking", "Terminal"]),
        ("Requests", ["Console", "Content", "Disks", "Formats", "HyperV", "Images", "Machines", "Metadata", "Networking", "Planning"]),
        ("Hosts", ["HyperV", "Machines", "Networking", "Requests"]),
        ("Waiting", ["Console", "Guests", "HyperV", "Machines", "Networking"]),
        ("Making", ["Console", "Content", "Disks", "Guests", "HyperV", "Images", "Machines", "Metadata", "Planning", "Requests", "Terminal"]),
        ("Commands", ["Console", "Console/Shell", "Disks", "Guests", "Hosts", "HyperV", "Images", "Machines", "Making", "Metadata", "Networking", "Planning", "Requests", "Terminal", "Waiting"]),
    ];

    private static string Document => File.ReadAllText(Path.Combine(BuiltModule.Repository, "docs", "design", "architecture.md"));

    // Tab completion has no cmdlet whose streams a gateway could write to, and whose location a path could be relative to.
    private static readonly string[] Completers = ["HyperVCompleters.cs", "PathCompleters.cs"];

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
        Code()
            .Where(line => RoomsWithoutPowerShell.Contains(line.Room.Split('/')[0]) && line.Text.Contains("System.Management.Automation", StringComparison.Ordinal))
            .Select(line => line.ToString()));

    [Fact]
    public void NothingKnowsTheCmdlets()
    {
        Assert.Contains(Code("Commands"), line => KnowsTheCmdlets().IsMatch(line.Text));
        Assert.Empty(Code().Where(line => line.Room != "Commands" && KnowsTheCmdlets().IsMatch(line.Text)).Select(line => line.ToString()));
    }

    [Fact]
    public void EveryRoomUsesThoseThatTheTableGivesIt() => Assert.Equal(
        Floors.SelectMany(floor => floor.Below, (floor, below) => (floor.Room, below)).Order(),
        NamedArrows().Concat(ArrowsToTheRoomAround()).Distinct().Order());

    [Fact]
    public void EveryNamespaceIsItsRoom() => Assert.Empty(
        Code()
            .Select(line => (line.Room, Match: Namespace().Match(line.Text)))
            .Where(line => line.Match.Success && line.Room is not "" && line.Match.Groups["room"].Value.Replace('.', '/') != line.Room)
            .Select(line => $"{line.Room}: {line.Match}"));

    // A room and those in it are one row there.
    [Fact]
    public void TheDocumentShowsTheTable() => Assert.Equal(
        Floors.GroupBy(floor => House(floor.Room), floor => floor.Below)
            .Select(house => $"{house.Key}: {string.Join(", ", house.SelectMany(below => below).Select(House).Distinct().Where(room => room != house.Key).Order(StringComparer.Ordinal))}")
            .Reverse(),
        Row().Matches(Document).Select(match => $"{match.Groups["room"].Value}: {match.Groups["below"].Value}"));

    [Fact]
    public void TheDocumentNamesEveryRoom() => Assert.All(Floors, floor => Assert.Contains(floor.Room.Contains('/') ? $"`{floor.Room}`" : $"\n| {floor.Room} |", Document, StringComparison.Ordinal));

    [Fact]
    public void EveryFolderIsARoom() => Assert.Equal(
        Floors.Select(floor => floor.Room).Append(ForTheCompiler).Order(StringComparer.Ordinal),
        Code().Select(line => line.Room).Where(room => room.Length > 0).Distinct().Order(StringComparer.Ordinal));

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

    [GeneratedRegex(@"^\| (?<room>[A-Z]\w+) \| [^|]+ \| *(?<below>[\w, ]*?) *\|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^using LinuxKitHyperV\.(?<room>[\w.]+);", RegexOptions.ExplicitCapture)]
    private static partial Regex Neighbor();

    [GeneratedRegex(@"^namespace LinuxKitHyperV\.(?<room>[\w.]+);", RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(public|internal)( \w+)* (class|struct|record|enum|interface) (?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex DeclaredType();

    [GeneratedRegex(@"//.*|""[^""]*""")]
    private static partial Regex CommentOrText();

    private static IEnumerable<(string Room, string Below)> NamedArrows() =>
        from line in Code()
        from match in Neighbor().Matches(line.Text)
        let below = match.Groups["room"].Value.Replace('.', '/')
        where below != line.Room
        select (line.Room, below);

    // A room sees the types of the room that it is in without saying so.
    private static IEnumerable<(string Room, string Below)> ArrowsToTheRoomAround()
    {
        var rooms = Code().SelectMany(line => DeclaredType().Matches(line.Text), (line, match) => (Name: match.Groups["name"].Value, line.Room)).ToLookup(type => type.Name, type => type.Room);
        return
            from line in Code()
            from word in Word().Matches(CommentOrText().Replace(line.Text, string.Empty))
            from around in rooms[word.Value]
            where around.Length > 0 && line.Room.StartsWith(around + '/', StringComparison.Ordinal)
            select (line.Room, around);
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    private static string House(string room) => room.Split('/')[0];

    private static IEnumerable<SourceLine> Code(string room) => Code().Where(line => line.Room == room);

    private static IEnumerable<SourceLine> Code() =>
        from file in Directory.EnumerateFiles(BuiltModule.Sources, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(BuiltModule.Sources, file).Split(Path.DirectorySeparatorChar)
        where path[0] is not ("obj" or "bin")
        let room = path[0] == "Commands" ? path[0] : string.Join('/', path[..^1])
        from line in File.ReadLines(file).Select((text, index) => (text, number: index + 1))
        select new SourceLine(room, path[^1], line.number, line.text);

    private sealed record SourceLine(string Room, string File, int Number, string Text);
}
