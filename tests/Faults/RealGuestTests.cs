using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.Versioning;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>Guests that really run, in QEMU: what is shown with a COM port that a test plays holds with theirs too.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RealGuestTests : IDisposable
{
    // A flood is some hundred KB a second, and a boot some seconds, on a machine that has nothing else to do.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HostedModule _module = new(runsMachines: true);

    private IEnumerable<Process> Emulators => Process.GetProcessesByName("qemu-system-x86_64").Where(IsOurs);

    public void Dispose()
    {
        _module.Run("Get-LinuxKitVM | Remove-LinuxKitVM -Force");
        _module.Dispose();
    }

    [Fact]
    public void AGuestThatFloodsWithForgedMarkersFoolsNobody()
    {
        // What a shell would answer but for the random part, what a terminal obeys, and what waits would be glad of.
        var capture = Start("\r\n0123456789abcdef0123456789abcdef:alive0;\r\n:exit=0;\x1b]0;t\a\x1b[2J\u009b6n\r\n# ", HostileGuest.Floods);
        Until(() => capture.Buffer.End > 100_000);
        Fails("ConsoleWaitTimeout", "Wait-LinuxKitConsole hostile never -TimeoutSec 1");
        Fails(null, "Invoke-LinuxKitCommand hostile 'rm -rf /' -TimeoutSec 5");
        var lines = Run("Receive-LinuxKitConsole hostile -Follow -TimeoutSec 1 | ForEach-Object Text").Output;
        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, line => line.ToString().Any(char.IsControl));
        Remove();
        Assert.DoesNotContain(File.ReadAllText(_module["console.log"]), character => char.IsControl(character) && character is not ('\n' or '\t'));
        Figures.Tell("A real guest floods with forged markers", Form.Short, "no cmdlet hangs, none believes it, and its log has no control characters");
    }

    [Fact]
    public void AGuestThatRebootsInALoopHangsNobody()
    {
        const int boots = 5;
        var capture = Start("up\r\n", HostileGuest.Reboots);
        Until(() => capture.Buffer.LastBoot?.Number >= boots);
        var threads = Threads();
        Until(() => capture.Buffer.LastBoot?.Number >= 2 * boots);
        Assert.InRange(Threads(), 1, threads + 20);
        Fails("ConsoleWaitTimeout", "Wait-LinuxKitConsole hostile never -TimeoutSec 1");
        Fails(null, "Invoke-LinuxKitCommand hostile true -TimeoutSec 5");
        Assert.Empty(Run("$null = Receive-LinuxKitConsole hostile -Follow -TimeoutSec 1; $null = Get-LinuxKitVM").ErrorIds);
        Remove();
        Figures.Tell("A real guest reboots in a loop", Form.Short, $"{2 * boots} boots: each told from the last, and no cmdlet hangs");
    }

    [Fact(Explicit = true)]
    public void AGuestThatEchoesOurMarkersFoolsNobody()
    {
        var capture = Start("\r\n# ", HostileGuest.Echoes);
        Until(() => capture.Buffer.End > 0);
        Fails("GuestShellNotFound", "Invoke-LinuxKitCommand hostile 'rm -rf /' -TimeoutSec 5");
        Remove();
        Figures.Tell("A real guest echoes all that is typed", Form.Long, "no shell is believed to be there");
    }

    [Fact(Explicit = true)]
    public void EightBootAtOnce()
    {
        const int count = 8;
        var steps = new[]
        {
            ("start", $"Start-LinuxKitVM -LiteralPath '{BootImage.Path("linuxkit-efi-initrd.iso")}' -Name (1..{count} | ForEach-Object {{ \"vm$_\" }}) -MemoryStartupBytes 512MB"),
            ("ready", "Get-LinuxKitVM | Wait-LinuxKitConsole -Pattern 'linuxkit: ready' -TimeoutSec 1200"),
            ("command", "Get-LinuxKitVM | Invoke-LinuxKitCommand -Command 'uname -s' -TimeoutSec 600 | Where-Object Output -eq \"Linux`n\""),
            ("shut down", "Get-LinuxKitVM | Stop-LinuxKitVM -PassThru -TimeoutSec 600"),
        };
        var times = new List<string>();
        foreach (var (step, script) in steps)
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal(count, _module.RunWell(script).Count);
            times.Add(string.Create(CultureInfo.InvariantCulture, $"{step} {watch.Elapsed.TotalSeconds:0.0} s"));
        }

        Remove();
        Figures.Tell($"{count} real boots at once", Form.Long, $"{string.Join(", ", times)}; nothing left");
    }

    /// <summary>Boots a guest of bad manners, with a log.</summary>
    private ConsoleCapture Start(string text, ReadOnlySpan<byte> then)
    {
        const string script = """
            param($disk, $pipe, $notes)
            New-VM hostile -Generation 1 -MemoryStartupBytes 32MB -VHDPath $disk | Set-VM -Notes $notes
            Set-VMComPort hostile -Number 1 -Path $pipe
            Start-LinuxKitVM -Name hostile -ConsoleLogPath console.log
            """;
        HostileGuest.WriteDisk(_module["hostile.vhd"], text, then);
        var notes = new OwnershipMark { Id = Guid.NewGuid(), Image = "hostile.vhd" }.ToString();
        _module.RunWell(script, _module["hostile.vhd"], $@"\\.\pipe\hostile-{Guid.NewGuid():N}", notes);
        Assert.Single(Emulators);
        return ConsoleCaptures.All.Single(capture => capture.Options.OwnerId == _module.Runspace.InstanceId);
    }

    /// <summary>Afterwards nothing is left of the VMs: neither a VM, nor a capture, nor what ran it.</summary>
    private void Remove()
    {
        Assert.Empty(Run("Get-LinuxKitVM | Remove-LinuxKitVM -Force").ErrorIds);
        Assert.Empty(_module.RunWell("Get-VM"));
        Assert.DoesNotContain(ConsoleCaptures.All, capture => capture.Options.OwnerId == _module.Runspace.InstanceId);
        Until(() => !Emulators.Any());
    }

    private void Fails(string? errorId, string script)
    {
        var (output, ids) = Run(script);
        Assert.Empty(output);
        var id = Assert.Single(ids);
        Assert.Equal(errorId ?? id, id);
    }

    private (IReadOnlyList<PSObject> Output, IReadOnlyList<string> ErrorIds) Run(string script)
    {
        using var powerShell = _module.Script(script);
        var running = powerShell.BeginInvoke();
        Assert.True(running.AsyncWaitHandle.WaitOne(Patience), $"{script} goes on after {Patience}.");
        var output = powerShell.EndInvoke(running);
        return ([.. output], [.. powerShell.Streams.Error.Select(error => error.FullyQualifiedErrorId.Split(',')[0])]);
    }

    private bool IsOurs(Process emulator)
    {
        try
        {
            return File.ReadAllText($"/proc/{emulator.Id}/cmdline").Contains(Path.GetDirectoryName(Path.GetFullPath(_module["."]))!, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It has just ended.
            return false;
        }
    }

    private static int Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Patience));
}
