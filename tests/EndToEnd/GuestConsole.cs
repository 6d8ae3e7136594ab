using System;
using System.Management.Automation;
using System.Text.RegularExpressions;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Console.Shell;
using LinuxKitHyperV.HyperV;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>A guest's shell, over the console that its start captured.</summary>
internal sealed class GuestConsole
{
    // A boot takes 3 to 5 seconds under software emulation; this machine may be doing other things.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ConsoleCapture _capture;

    /// <summary>The console of a VM that was started in this process.</summary>
    public GuestConsole(PSObject machine)
    {
        _capture = ConsoleCaptures.Find(".", machine.Id())!;
        Assert.NotNull(_capture);
    }

    /// <summary>Waits until the guest has said that it is ready.</summary>
    public void WaitUntilReady() => WaitFor("linuxkit: ready");

    /// <summary>Waits until the guest, or its firmware, has said something.</summary>
    public void WaitFor(string text)
    {
        var watch = new ConsoleWatch(_capture, _capture.ReadFromStart(), [new Regex(Regex.Escape(text))]);
        var result = watch.Run(Patience, TestContext.Current.CancellationToken);
        Assert.True(result.End == ConsoleWatchEnd.Matched, $"{result.End}: {string.Join('\n', result.LastLines)}");
    }

    /// <summary>Runs a command in the guest's shell and gives what it printed.</summary>
    public string Run(string script)
    {
        var command = new ConsoleCommand { Script = script, Timeout = Patience, ShellTimeout = Patience };
        var result = ConsoleShell.Run(_capture, command, TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, $"'{script}' ended with {result.ExitCode}: {result.Output}");
        return result.Output.Trim();
    }

    /// <summary>Types a line.</summary>
    public void Type(string line)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(line + "\n");
        _capture.Send(bytes, 0, bytes.Length, TestContext.Current.CancellationToken);
    }
}
