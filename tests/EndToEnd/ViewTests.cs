using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>What is shown in windows of the usual widths: nothing that the terminal has to break, and nothing that is left over.</summary>
public sealed class ViewTests : IDisposable
{
    private readonly HostedModule _module = new();

    public ViewTests()
    {
        // With names as LinuxKit's own examples have them.
        _module.AddImage("linuxkit-efi.iso");
        _module.RunWell("$null = New-LinuxKitVM ./linuxkit-efi.iso -Disk size=1, 'file=data.vhdx,size=64M'; $null = New-LinuxKitVM ./web-efi.iso");
    }

    public void Dispose() => _module.Dispose();

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void TablesAreWhole(int columns)
    {
        using var window = Open(columns);
        // The pipe has a longer name where another VM of this computer has that one.
        AssertTable(window, "Get-LinuxKitVM", @"^Name\s+State\s+Uptime\s+Image\s+Disks\s+ConsolePipe$", @"^linuxkit\s+Off\s+00:00:00\s+linuxkit-efi\.iso\s+linuxkit-disk\.vhdx.*\s+linuxki(t-|\.\.\.)com1$");
        AssertTable(window, "Get-LinuxKitImage *.iso", @"^Name\s+Format\s+Architecture\s+Generation\s+Size\s+VirtualSize\s+Bootloader( +Console +SecureBoot)?$", @"^web-efi\.iso\s+Iso\s+X64\s+2\s");
        var checks = AssertTable(window, "Test-LinuxKitHost", @"^Check\s+Result\s+Detail$", @"^Hyper-V module\s+Passed\s+Version");
        Assert.Contains(checks, line => line.EndsWith(" Start a VM to find out.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void ErrorsTellTheirRemedies(int columns)
    {
        using var window = Open(columns);
        AssertError(window, "Start-LinuxKitVM -Name nobody", "There is no VM named 'nobody'.", "List the VMs that this module made with Get-LinuxKitVM.");
        AssertError(window, "Start-LinuxKitVM ./web-efi.iso", "There is a VM named 'web' already.", "Remove it with Remove-LinuxKitVM -Name 'web', or give the new one another name with -Name.");
        AssertError(window, "Start-LinuxKitVM web.iso -RemoveOnExit", "-RemoveOnExit goes with -Console.", "See Get-Help Start-LinuxKitVM.");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void ProgressHasALineAndLeavesNone(int columns)
    {
        using var window = Open(columns);
        window.Run("$env:HYPERV_QEMU_DELAY = 'Start-VM=2000'");
        window.Enter("Start-LinuxKitVM -Name web, linuxkit | Format-Table Name, State");
        window.Window.WaitUntil(screen => screen.Lines.Any(line => Regex.IsMatch(line, @"^Start \[linuxkit +\]$")), "progress of the second");
        window.WaitForPrompt();
        Assert.Empty(window.Window.See(screen => screen.Wrapped.ToArray()));
        Assert.Equal(["", "Name       State", "----       -----", "web      Running", "linuxkit Running", ""], window.LastOutput);
    }

    private static string[] AssertTable(PowerShellWindow window, string command, string head, string row)
    {
        var lines = Run(window, command);
        var rule = Array.FindIndex(lines, line => Regex.IsMatch(line, "^-[- ]+$"));
        Assert.True(rule > 0 && Regex.IsMatch(lines[rule - 1], head) && lines[rule - 2].Length == 0, string.Join('\n', lines));
        Assert.True(lines.Any(line => Regex.IsMatch(line, row)), string.Join('\n', lines));
        return lines;
    }

    // PowerShell leaves it to the terminal where a long line of an error goes on.
    private static void AssertError(PowerShellWindow window, string command, string message, string remedy)
    {
        var lines = window.Run(command);
        var recommendation = Array.FindIndex(lines, line => line.StartsWith("  Recommendation: ", StringComparison.Ordinal));
        Assert.True(recommendation > 0, string.Join('\n', lines));
        Assert.EndsWith(message, Joined(lines[..recommendation]), StringComparison.Ordinal);
        Assert.EndsWith($": {remedy}", Joined(lines[recommendation..]), StringComparison.Ordinal);
    }

    private static string Joined(string[] lines) => string.Join(' ', lines);

    private static string[] Run(PowerShellWindow window, string command)
    {
        var wrapped = window.Window.See(screen => screen.Wrapped.Count());
        var lines = window.Run(command);
        Assert.Empty(window.Window.See(screen => screen.Wrapped.Skip(wrapped).ToArray()));
        return lines;
    }

    private PowerShellWindow Open(int columns) => new(Path.GetDirectoryName(_module["."])!, columns);
}
