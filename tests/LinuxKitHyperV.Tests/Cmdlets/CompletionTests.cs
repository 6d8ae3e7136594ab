using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

public sealed class CompletionTests : HostedTests
{
    [Theory]
    [InlineData("Remove-LinuxKitVM ", "'my web'", "web")]
    [InlineData("Get-LinuxKitVM w", "web")]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -SwitchName D", "'Default Switch'")]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -Disk s", "size=")]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -Disk 'file=a.vhdx,s", "'file=a.vhdx,size='")]
    [InlineData("New-LinuxKitDisk d ", "100GB", "10GB", "1GB", "4GB", "50GB")]
    [InlineData("New-LinuxKitDisk d -Size 20", "20GB", "20MB", "20TB")]
    [InlineData("New-LinuxKitDisk d -Size 20m", "20MB")]
    [InlineData("Connect-LinuxKitConsole web -EscapeKey ctrl+a", "Ctrl+A")]
    [InlineData("Connect-LinuxKitConsole web -EscapeKey 'Ctrl+]", "'Ctrl+]'")]
    public void Completes(string line, params string[] completions)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name web, 'my web'");
        Assert.Equal(completions, Complete(line));
    }

    [Fact]
    public void CompletesTheSwitchesOfTheHostThatIsNamed()
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_HOSTS", "hv02");
        try
        {
            Module.RunWell("$null = New-VMSwitch 'Lab here' -SwitchType Private; $null = New-VMSwitch 'Lab there' -SwitchType Private -ComputerName hv02");
            Assert.Equal(["'Lab here'"], Complete("Start-LinuxKitVM ./web-efi.iso -SwitchName Lab"));
            Assert.Equal(["'Lab there'"], Complete("Start-LinuxKitVM ./web-efi.iso -ComputerName hv02 -SwitchName Lab"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("HYPERV_QEMU_HOSTS", null);
        }
    }

    [Fact]
    public void CompletesTheIdsOfSwitchesOfOneName()
    {
        var ids = Module.RunWell("(New-VMSwitch Twin -SwitchType Private).Id; (New-VMSwitch Twin -SwitchType Private).Id").Select(id => id.ToString());
        Assert.Equal(["'Default Switch'", .. ids.Order(StringComparer.Ordinal)], Complete("New-LinuxKitVM ./web-efi.iso -SwitchName "));
    }

    [Theory]
    [InlineData("Stop-LinuxKitVM -Id ")]
    [InlineData("Start-LinuxKitVM -Id ")]
    [InlineData("Get-LinuxKitVM -Id ")]
    public void CompletesIdsAndShowsNames(string line)
    {
        var ours = Module.RunWell("$null = New-VM other; New-LinuxKitVM ./web-efi.iso -Name web, 'my web'").ToDictionary(machine => machine.Id().ToString(), machine => machine.Name());
        Assert.Equal(ours, Matches(line).ToDictionary(match => match.CompletionText, match => match.ListItemText));
    }

    [Theory]
    [InlineData("New-LinuxKitVM -LiteralPath b", "'build [1]-efi.iso'")]
    [InlineData("New-LinuxKitVM -LiteralPath ./b", "'./build [1]-efi.iso'")]
    [InlineData("New-LinuxKitVM -LiteralPath './build [1", "'./build [1]-efi.iso'")]
    [InlineData("New-LinuxKitVM -LiteralPath 'build [1]-efi.iso'", "'build [1]-efi.iso'")]
    [InlineData("Get-LinuxKitImage -LiteralPath b", "'build [1]-efi.iso'")]
    [InlineData("New-LinuxKitVM -LiteralPath ./i", "'./it''s-efi.iso'")]
    [InlineData("New-LinuxKitVM -LiteralPath './it''s", "'./it''s-efi.iso'")]
    [InlineData("New-LinuxKitVM -LiteralPath \"./it's", "'./it''s-efi.iso'")]
    [InlineData("New-LinuxKitVM -LiteralPath ./f", "'./folder [2]/'")]
    [InlineData("New-LinuxKitVM -LiteralPath './folder [2]/i", "'./folder [2]/in-efi.iso'")]
    [InlineData("New-LinuxKitVM -LiteralPath t")]
    [InlineData("New-LinuxKitVM -LiteralPath ./nowhere/t")]
    [InlineData("New-LinuxKitVM -LiteralPath Env:/P")]
    public void CompletesImages(string line, params string[] completions)
    {
        Module.AddImage("build [1]-efi.iso");
        Module.AddImage("it's-efi.iso");
        File.WriteAllText(Module["text.txt"], string.Empty);
        Directory.CreateDirectory(Module["folder [2]"]);
        Module.AddImage("folder [2]/in-efi.iso");
        AssertCompletes(line, completions);
    }

    [Theory]
    [InlineData("d", "'data [1].vhdx'")]
    [InlineData("./d", "'./data [1].vhdx'")]
    [InlineData("'data [1", "'data [1].vhdx'")]
    [InlineData("file=d", "'file=data [1].vhdx'")]
    [InlineData("'file=data [1", "'file=data [1].vhdx'")]
    [InlineData("'size=1,d", "'size=1,data [1].vhdx'")]
    [InlineData("it", "'it''s.vhdx'")]
    [InlineData("'it''", "'it''s.vhdx'")]
    [InlineData("'it''s.vhdx'", "'it''s.vhdx'")]
    [InlineData("file=it", "'file=it''s.vhdx'")]
    [InlineData("a")]
    [InlineData("file=a")]
    [InlineData("e")]
    [InlineData("file=e", "file=e=1.vhdx")]
    [InlineData("./e")]
    [InlineData("old", "old.vhd")]
    [InlineData("t")]
    [InlineData("g", "'g [2]/'")]
    [InlineData("'g [2]/i", "'g [2]/in.vhdx'")]
    public void CompletesDisksThatAreThenFound(string word, params string[] completions)
    {
        File.WriteAllText(Module["text.txt"], string.Empty);
        Directory.CreateDirectory(Module["g [2]"]);
        Module.RunWell("""
            $null = New-LinuxKitDisk 'data [1].vhdx', "it's.vhdx", 'a,b.vhdx', 'e=1.vhdx', old.vhd, 'g [2]/in.vhdx' -Size 4M
            """);
        var line = $"New-LinuxKitVM ./web-efi.iso -NoNetwork -Disk {word}";
        AssertCompletes(line, completions);
    }

    [Theory]
    [InlineData("New-LinuxKitVM ./web-efi.iso -MetadataPath t", "'text [1].txt'")]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -MetadataPath ./f", "'./folder [2]/'")]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -ConsoleLogPath './folder [2]/o", "'./folder [2]/old.log'")]
    [InlineData("New-LinuxKitDisk -Size 4M -Path f", "'folder [2]/'")]
    [InlineData("New-LinuxKitMetadata -InputObject text -Path f", "'folder [2]/'")]
    [InlineData("ConvertTo-LinuxKitDisk ./web-efi.iso f", "'folder [2]/'")]
    public void CompletesFilesThatAreTakenAsTheyAre(string line, params string[] completions)
    {
        File.WriteAllText(Module["text [1].txt"], string.Empty);
        Directory.CreateDirectory(Module["folder [2]"]);
        File.WriteAllText(Module["folder [2]/old.log"], string.Empty);
        AssertCompletes(line, completions);
    }

    /// <summary>Compares what is offered, and runs the line with a file that is.</summary>
    private void AssertCompletes(string line, string[] completions)
    {
        Assert.Equal(completions.Select(completion => completion.Replace("/'", $"{Path.DirectorySeparatorChar}'", StringComparison.Ordinal)), Complete(line));
        if (completions is [var completed] && !completed.EndsWith("/'", StringComparison.Ordinal))
        {
            Module.RunWell(Completed(line));
        }
    }

    /// <summary>The line with its one completion put in.</summary>
    private string Completed(string line)
    {
        using var powerShell = Module.Script(string.Empty);
        var completion = CommandCompletion.CompleteInput(line, line.Length, null, powerShell);
        return line.Substring(0, completion.ReplacementIndex) + completion.CompletionMatches[0].CompletionText + line.Substring(completion.ReplacementIndex + completion.ReplacementLength);
    }

    private IReadOnlyList<string> Complete(string line) => [.. Matches(line).Select(match => match.CompletionText).Order(StringComparer.Ordinal)];

    private IReadOnlyList<CompletionResult> Matches(string line)
    {
        using var powerShell = Module.Script(string.Empty);
        return CommandCompletion.CompleteInput(line, line.Length, null, powerShell).CompletionMatches;
    }
}
