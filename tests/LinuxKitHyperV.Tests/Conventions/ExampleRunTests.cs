using System;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>The examples of the help run, those that can without a guest and without PowerShell's own modules.</summary>
public sealed class ExampleRunTests : HostedTests
{
    // What the hosted PowerShell does not have, or what a guest has to answer: these are parsed, and not run.
    private static readonly string[] OnlyParsed =
    [
        "Connect-LinuxKitConsole 1", "Connect-LinuxKitConsole 2", "Connect-LinuxKitConsole 3", "Connect-LinuxKitConsole 4",
        "Connect-LinuxKitConsole 5",
        "Get-LinuxKitIPAddress 1", "Get-LinuxKitIPAddress 2", "Get-LinuxKitIPAddress 3",
        "Get-LinuxKitVM 3",
        "Invoke-LinuxKitCommand 1", "Invoke-LinuxKitCommand 2", "Invoke-LinuxKitCommand 3",
        "Invoke-LinuxKitCommand 4", "Invoke-LinuxKitCommand 5", "Invoke-LinuxKitCommand 6",
        "New-LinuxKitMetadata 3", "New-LinuxKitMetadata 4",
        "Receive-LinuxKitConsole 1", "Receive-LinuxKitConsole 2", "Receive-LinuxKitConsole 3",
        "Receive-LinuxKitConsole 4", "Receive-LinuxKitConsole 5", "Receive-LinuxKitConsole 6",
        "Remove-LinuxKitVM 6",
        "Send-LinuxKitConsole 1", "Send-LinuxKitConsole 2", "Send-LinuxKitConsole 3",
        "Send-LinuxKitConsole 4", "Send-LinuxKitConsole 5", "Send-LinuxKitConsole 6",
        "Start-LinuxKitVM 5", "Start-LinuxKitVM 7", "Start-LinuxKitVM 8",
        "Wait-LinuxKitConsole 1", "Wait-LinuxKitConsole 2", "Wait-LinuxKitConsole 3",
        "Wait-LinuxKitConsole 4", "Wait-LinuxKitConsole 5", "Wait-LinuxKitConsole 6",
        "Wait-LinuxKitVM 5",
    ];

    // What they show comes from a console, and there is none without a guest.
    private static readonly string[] NeedsConsole =
    [
        "Connect-LinuxKitConsole", "Get-LinuxKitIPAddress", "Invoke-LinuxKitCommand", "Receive-LinuxKitConsole", "Send-LinuxKitConsole", "Wait-LinuxKitConsole",
    ];

    private static readonly string[] NotHosted = ["Format-List", "Format-Table", "Get-ChildItem", "Get-Content", "Get-Item", "Start-Job"];

    /// <summary>The examples that are run.</summary>
    public static TheoryData<string> Examples => [.. PageExample.All.Select(example => example.Id).Except(OnlyParsed)];

    [Fact]
    public void LeavesOutOnlyWhatCannotRun() =>
        Assert.Equal(OnlyParsed, PageExample.All.Where(example => !CanRun(example)).Select(example => example.Id));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Runs(string example)
    {
        Arrange(example);
        Module.RunWell(PageExample.Find(example).Code);
    }

    [Theory]
    [MemberData(nameof(Examples))]
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

    // No guest answers on the console of a VM that does not run.
    private static bool CanRun(PageExample example) => example.Commands.All(command =>
        !NeedsConsole.Contains(command.GetCommandName()) &&
        !NotHosted.Contains(command.GetCommandName()) &&
        !command.CommandElements.OfType<CommandParameterAst>().Any(parameter => parameter.ParameterName == "Console"));

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
    }
}
