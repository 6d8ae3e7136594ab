using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using LinuxKitHyperV.Tests.Console;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>The examples of the help run: all but those of which is said here why not.</summary>
public sealed class ExampleRunTests : HostedTests
{
    private const string InPowerShell = "It uses cmdlets of PowerShell's own modules, which are not hosted here: Examples.Tests.ps1 runs it in PowerShell.";
    private const string Attaches = "It stays until its VM stops: the tests of the terminal attach and leave.";
    private const string Boots = "It takes an image that boots and a network: the tests from end to end have both.";

    private static readonly Dictionary<string, string> NotRun = new()
    {
        ["Connect-LinuxKitConsole 1"] = Attaches,
        ["Connect-LinuxKitConsole 2"] = Attaches,
        ["Connect-LinuxKitConsole 3"] = Attaches,
        ["Connect-LinuxKitConsole 4"] = "Redirection is not hosted here, and no guest answers where it is.",
        ["Connect-LinuxKitConsole 5"] = "There is no vmconnect.exe: the tests of the graphical console have a program in its place.",
        ["Get-LinuxKitIPAddress 2"] = Boots,
        ["Get-LinuxKitIPAddress 3"] = Boots,
        ["Get-LinuxKitVM 3"] = InPowerShell,
        ["Invoke-LinuxKitCommand 2"] = "Format-Table is not hosted here, and no guest answers where it is.",
        ["Invoke-LinuxKitCommand 3"] = "It asks for a password, and nobody is there to type it.",
        ["Invoke-LinuxKitCommand 4"] = "Get-Item is not hosted here, and no guest answers where it is.",
        ["Invoke-LinuxKitCommand 6"] = "Its command does not end, and its point is the error.",
        ["New-LinuxKitMetadata 3"] = InPowerShell,
        ["New-LinuxKitMetadata 4"] = InPowerShell,
        ["Receive-LinuxKitConsole 2"] = InPowerShell,
        ["Receive-LinuxKitConsole 3"] = "It takes a minute.",
        ["Receive-LinuxKitConsole 5"] = InPowerShell,
        ["Remove-LinuxKitVM 6"] = InPowerShell,
        ["Start-LinuxKitVM 5"] = InPowerShell,
        ["Start-LinuxKitVM 7"] = Attaches,
        ["Start-LinuxKitVM 8"] = Boots,
        ["Wait-LinuxKitVM 5"] = Boots,
    };

    // What they show comes from a console.
    private static readonly string[] ConsoleCmdlets =
    [
        "Connect-LinuxKitConsole", "Get-LinuxKitIPAddress", "Invoke-LinuxKitCommand", "Receive-LinuxKitConsole", "Send-LinuxKitConsole", "Wait-LinuxKitConsole",
    ];

    private static readonly string[] NotHosted = ["Format-List", "Format-Table", "Get-ChildItem", "Get-Content", "Get-Item", "Start-Job"];

    private GuestProgram? _guest;

    /// <summary>The examples that are run.</summary>
    public static TheoryData<string> Examples => [.. Run];

    /// <summary>Those among them that change what Hyper-V has.</summary>
    public static TheoryData<string> ExamplesWithoutConsole => [.. Run.Where(example => !UsesConsole(PageExample.Find(example)))];

    private static IEnumerable<string> Run => PageExample.All.Select(example => example.Id).Except(NotRun.Keys);

    [Fact]
    public void LeavesOutOnlyWhatThereIs() => Assert.Empty(NotRun.Keys.Except(PageExample.All.Select(example => example.Id)));

    [Fact]
    public void LeavesToPowerShellOnlyWhatTakesIt() => Assert.All(
        NotRun.Where(left => left.Value == InPowerShell),
        left => Assert.True(TakesPowerShell(PageExample.Find(left.Key)), left.Key));

    [Fact]
    public void PowerShellRunsWhatIsLeftToIt()
    {
        var tests = File.ReadAllText(Path.Combine(BuiltModule.Repository, "tests", "Pester", "Examples.Tests.ps1"));
        Assert.All(NotRun.Where(left => left.Value == InPowerShell), left => Assert.Contains($"'{left.Key}'", tests, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Runs(string example)
    {
        Arrange(example);
        Module.RunWell(PageExample.Find(example).Code);
    }

    [Theory]
    [MemberData(nameof(ExamplesWithoutConsole))]
    public void ChangesNothingWithWhatIf(string example)
    {
        Arrange(example);
        Module.Recording.Clear();
        var files = Module.Files.ToList();

        // What one command would have made is missing to the next one: their errors are of no interest here.
        Module.Run("$WhatIfPreference = $true\n" + PageExample.Find(example).Code);

        Assert.Empty(Module.Recording.Changes);
        Assert.Equal(files, Module.Files);
    }

    public override void Dispose()
    {
        base.Dispose();
        _guest?.Dispose();
    }

    private static bool UsesConsole(PageExample example) => example.Commands.Any(command => ConsoleCmdlets.Contains(command.GetCommandName()));

    private static bool TakesPowerShell(PageExample example) =>
        example.Commands.Any(command => NotHosted.Contains(command.GetCommandName())) ||
        Parser.ParseInput(example.Code, out _, out _).Find(ast => ast is FileRedirectionAst, searchNestedScriptBlocks: true) is not null;

    /// <summary>What the examples speak of: images, a disk, a switch, and the VM web, which runs where it is to be stopped or waited for.</summary>
    private void Arrange(string example)
    {
        File.Delete(Module["web-efi.iso"]);
        Directory.CreateDirectory(Module["images"]);
        foreach (var image in new[] { "images/web-efi.iso", "linuxkit-efi.iso", "redis-efi.iso", "build [1]-efi.iso" })
        {
            Module.AddImage(image);
        }

        File.WriteAllBytes(Module["linuxkit-efi.qcow2"], TestImage.EfiDisk());
        Directory.CreateDirectory(Module["data"]);
        Module.RunWell(
            """
            $null = New-VHD ./data.vhdx -SizeBytes 10MB
            $null = New-VMSwitch Lab -SwitchType Private
            $null = New-LinuxKitVM ./images/web-efi.iso -Disk size=1
            """);
        if (example.StartsWith("Stop-", StringComparison.Ordinal) || example == "Wait-LinuxKitVM 4")
        {
            Module.RunWell("Start-VM web");
        }

        if (UsesConsole(PageExample.Find(example)))
        {
            ArrangeGuest(example);
        }
    }

    /// <summary>Puts a program of this machine behind the COM port of the VM web, and starts the VM where the example does not.</summary>
    private void ArrangeGuest(string example)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no POSIX shell on Windows.");

        // A name of its own: other processes may run these tests at the same time.
        var pipe = $"lkhv-test-{Guid.NewGuid():N}";
        Module.RunWell("param($pipe) Set-VMComPort web -Number 1 -Path \"\\\\.\\pipe\\$pipe\"", pipe);
        _guest = new GuestProgram(pipe, Guest(example));
        if (PageExample.Find(example).Commands.All(command => command.GetCommandName() != "Start-LinuxKitVM"))
        {
            Module.RunWell("$null = Start-LinuxKitVM -Name web");
            Module.RunWell("$null = Wait-LinuxKitConsole web . -TimeoutSec 60");
        }
    }

    private static string Guest(string example) => example switch
    {
        "Get-LinuxKitIPAddress 1" => "echo 'udhcpc: lease of 192.0.2.7 obtained'; exec cat",
        "Wait-LinuxKitConsole 5" => "while :; do echo 'Linux version 6.12'; sleep 0.2; done",
        _ when example.StartsWith("Wait-", StringComparison.Ordinal) => "printf 'Welcome to LinuxKit\\n[ OK ]\\nlistening on port 80\\nlogin: '; exec cat",
        _ => "exec sh",
    };
}
