using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>A console in a real terminal.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string Prompt = "linuxkit:~# ";
    private const string CtrlC = "\x03";
    private const string CtrlD = "\x04";
    private const string EscapeKey = "\x1d";

    private readonly HostedModule _module = new(runsMachines: true);
    private readonly TerminalWindow _window;
    private readonly string _powerShell;

    public TerminalTests()
    {
        SerialRecord.Begin();
        var folder = Path.GetDirectoryName(_module["."])!;
        _powerShell = PowerShellWindow.Command(folder);
        _window = new TerminalWindow(folder);
    }

    public void Dispose()
    {
        SerialRecord.End();
        _window.Dispose();
        _module.Run("Get-LinuxKitVM | Remove-LinuxKitVM -Force");
        _module.Dispose();
    }

    [Fact]
    public void AGuestIsUsedLeftRestartedAndRemoved()
    {
        File.WriteAllText(_module["session.ps1"], $$"""
            "pid $PID."
            Start-LinuxKitVM -LiteralPath '{{BootImage.Path("linuxkit-efi-initrd.iso")}}' -Console -ConsoleLogPath console.log -ConsoleLogRaw
            Connect-LinuxKitConsole linuxkit -SetSize -EscapeKey Ctrl+A
            foreach ($boot in 1, 2) {
                "boot $boot is there: $(@(Receive-LinuxKitConsole linuxkit | Where-Object BootNumber -eq $boot).Count -gt 10)"
            }
            Connect-LinuxKitConsole linuxkit
            """);
        NoteSettings();
        _window.Type($"{_powerShell} -File session.ps1\n");
        _window.WaitFor("pid ");
        var process = _window.WaitFor(".");

        _window.WaitFor("[Console of linuxkit. Ctrl+] leaves it, or Enter ~ . (Enter ~ ? tells more).]");
        _window.WaitFor("linuxkit: ready");
        _window.WaitFor(Prompt);
        // It says so when it is the terminal's job, which the shell makes it: before, Ctrl+C would be the shell's.
        _window.Type("sh -c \"echo be''gun; exec sleep 1000\"\r");
        _window.WaitFor("begun");
        _window.Type(CtrlC);
        _window.WaitFor(Prompt);
        Paste();
        _window.Type("echo $((6 * 7)) is the answer\r");
        _window.WaitFor("42 is the answer");
        _window.WaitFor(Prompt);
        _window.Type(EscapeKey);
        _window.WaitFor("[Left the console of linuxkit.]");

        // Attached again: what was there before is shown, and the guest is told the window's size.
        _window.WaitFor("[Console of linuxkit. Ctrl+A leaves it, or Enter ~ . (Enter ~ ? tells more).]");
        _window.WaitFor("42 is the answer");
        _window.WaitFor("stty rows 24 cols 80");
        _window.WaitFor(Prompt);
        _window.Type("stty size\r");
        _window.WaitFor("24 80");
        _window.Type("reboot\r");
        _window.WaitFor("[linuxkit restarted (boot 2).]");
        _window.WaitFor("linuxkit: ready");
        _window.WaitFor(Prompt);

        // The way out that every keyboard can type, and what tells of it. The answers that the firmware and the shell had of the terminal do not count.
        _window.Type("~?");
        _window.WaitFor("~. leaves the console");
        _window.Type("~.");
        _window.WaitFor("[Left the console of linuxkit.]");
        _window.WaitFor("boot 1 is there: True");
        _window.WaitFor("boot 2 is there: True");

        // Another process is told who has the console.
        _window.WaitFor("[Console of linuxkit. Ctrl+] leaves it, or Enter ~ . (Enter ~ ? tells more).]");
        _window.WaitFor(Prompt);
        var error = _module.RunBadly("ConsoleInUse", ErrorCategory.ResourceBusy, "Receive-LinuxKitConsole linuxkit");
        Assert.Contains($"Process {process} (", error.Exception.Message, StringComparison.Ordinal);

        Signal("TERM", process);
        AssertSettings();
        AssertLogged();

        // A stop of the pipeline comes as an exception.
        _window.Type($"{_powerShell} -c '\"pid $PID.\"; Start-LinuxKitVM -Name linuxkit -Console -RemoveOnExit'\n");
        _window.WaitFor("pid $PID");
        _window.WaitFor("pid ");
        process = _window.WaitFor(".");
        _window.WaitFor("[Console of linuxkit. Ctrl+] leaves it, or Enter ~ . (Enter ~ ? tells more).]");
        _window.Type("\r");
        _window.WaitFor(Prompt);
        Signal("INT", process);
        _window.WaitFor("[Detached from the console of linuxkit.]");
        AssertSettings();
        Assert.Empty(_module.RunWell("Get-VM"));
        Assert.Empty(MachineProcesses());
    }

    private static string[] MachineProcesses() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
            .Select(CommandLine)
            .Where(line => line.Contains(Environment.GetEnvironmentVariable("HYPERV_QEMU_HOME")!, StringComparison.Ordinal)),
    ];

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    private static void Signal(string name, string process)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -s {name} {process}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Pastes 100 KiB in lines: what a guest's terminal keeps of a line ends at 4 KiB.</summary>
    private void Paste()
    {
        const int Lines = 1600;
        var lines = Enumerable.Range(0, Lines).Select(_ => RandomNumberGenerator.GetHexString(63)).ToList();
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

        _window.Type("cat > pasted\r");
        _window.WaitFor("cat > pasted");
        _window.Type(string.Concat(lines.Select(line => line + "\r")));
        _window.WaitFor(lines[^1]);
        _window.Type(CtrlD);
        _window.WaitFor(Prompt);
        _window.Type("sha256sum pasted\r");
        _window.WaitFor("sha256sum pasted");
        Assert.Contains(Convert.ToHexStringLower(hash), _window.WaitFor(Prompt), StringComparison.Ordinal);
    }

    private void NoteSettings() => _window.Type("stty -g > before\n");

    private void AssertSettings()
    {
        // What is typed before is not the shell's.
        _window.WaitFor(TerminalWindow.Prompt);
        _window.Type("stty -g | diff before - && echo set''tings kept\n");
        _window.WaitFor("settings kept");
    }

    private void AssertLogged()
    {
        var record = SerialRecord.Read();
        record.AssertThatQemuAgrees();

        // At the restart the pipe was away for a moment.
        Assert.InRange(record.Missing(File.ReadAllBytes(_module["console.log"])).Count, 0, 1);
    }
}
