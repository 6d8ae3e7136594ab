using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Tests.Console;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>A guest says what it likes: no cmdlet hangs, swells, or believes it.</summary>
public sealed class GuestTests : FaultTests
{
    // Far beyond what a cmdlet needs once its own time has passed, on a machine that does other things.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly CancellationTokenSource _over = new();

    [Theory]
    [InlineData("x\n", "Wait-LinuxKitConsole web -Pattern never -TimeoutSec 1", "ConsoleWaitTimeout")]
    [InlineData("no end of a line ", "Wait-LinuxKitConsole web -Pattern never -TimeoutSec 1", "ConsoleWaitTimeout")]
    [InlineData("\x1b[2J\x1b]0;title", "Wait-LinuxKitConsole web -Pattern never -TimeoutSec 1", "ConsoleWaitTimeout")]
    [InlineData("x\n", "$null = Receive-LinuxKitConsole web", null)]
    [InlineData("x\n", "$null = Receive-LinuxKitConsole web -Raw", null)]
    [InlineData("x\n", "$null = Receive-LinuxKitConsole web -Follow -TimeoutSec 1", null)]
    [InlineData("x\n", "$null = Receive-LinuxKitConsole web -Follow -Raw -TimeoutSec 1", null)]
    [InlineData("x\n", "$null = Connect-LinuxKitConsole web -TimeoutSec 1", null)]
    [InlineData("x\n", "Invoke-LinuxKitCommand web true", "*")]
    [InlineData("login: ", "Invoke-LinuxKitCommand web true -Credential ([pscredential]::new('root', [securestring]::new()))", "*")]
    public async Task AFloodDelaysNoCmdlet(string said, string script, string? errorId)
    {
        using var port = await Start();
        var flood = Flood(port, said);
        Until(() => ConsoleCaptures.All.Any(capture => capture.Buffer.End > 1 << 20));
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        using var powerShell = Module.Script(script);
        var running = powerShell.BeginInvoke();
        Assert.True(running.AsyncWaitHandle.WaitOne(Patience), $"{script} goes on after {Patience}.");
        _over.Cancel();
        powerShell.EndInvoke(running);
        var ids = powerShell.Streams.Error.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).ToList();
        Assert.True(errorId == "*" ? ids.Count == 1 : ids.SequenceEqual(errorId is null ? [] : [errorId]), string.Join(' ', ids));

        // What a capture keeps is bounded, and so is what a cmdlet holds of it.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - memory, long.MinValue, 256 << 20);
        Figures.Tell($"A guest floods: {script.Replace("$null = ", string.Empty, StringComparison.Ordinal).Split(" -Credential")[0]}", Form.Short, errorId is null ? "ends in time" : "fails in time");
        await flood.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Wait-LinuxKitConsole web -Pattern never -TimeoutSec 1", "ConsoleWaitTimeout")]
    [InlineData("Receive-LinuxKitConsole web -Follow -TimeoutSec 1", null)]
    [InlineData("Connect-LinuxKitConsole web -TimeoutSec 1", null)]
    public async Task AGuestThatNeverAnswersHangsNoCmdlet(string script, string? errorId)
    {
        using var port = await Start();
        using var powerShell = Module.Script(script);
        var running = powerShell.BeginInvoke();
        Assert.True(running.AsyncWaitHandle.WaitOne(Patience), $"{script} goes on after {Patience}.");
        Assert.Empty(powerShell.EndInvoke(running));
        var ids = powerShell.Streams.Error.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).ToList();
        Assert.True(ids.SequenceEqual(errorId is null ? [] : [errorId]), string.Join(' ', ids));
        Figures.Tell($"A guest never answers: {script}", Form.Short, errorId is null ? "ends in time" : "fails in time");
    }

    [Fact]
    public async Task AGuestThatEchoesOurMarkersFoolsNobody()
    {
        using var port = await Start();
        var echo = Task.Run(async () =>
        {
            // Whatever is typed comes back, as a terminal without a shell does, and what would answer our questions too.
            while (!_over.IsCancellationRequested)
            {
                var heard = await port.Hear(1);
                await port.Say(heard + (heard == "\r" ? "\nlkhv:alive0;exit 0;\r\n# \r\n$ " : string.Empty));
            }
        }, TestContext.Current.CancellationToken);
        using var powerShell = Module.Script("Invoke-LinuxKitCommand web 'rm -rf /' -TimeoutSec 5");
        var running = powerShell.BeginInvoke();
        Assert.True(running.AsyncWaitHandle.WaitOne(Patience));
        Assert.Empty(powerShell.EndInvoke(running));
        Assert.Equal("GuestShellNotFound", Assert.Single(powerShell.Streams.Error).FullyQualifiedErrorId.Split(',')[0]);
        _over.Cancel();
        port.Dispose();
        await Task.WhenAny(echo, Task.Delay(Patience, TestContext.Current.CancellationToken));
        Assert.True(echo.IsCompleted);
        Figures.Tell("A guest echoes all that is typed", Form.Short, "no shell is believed to be there");
    }

    [Fact]
    public async Task AGuestThatRebootsInALoopIsCaptured()
    {
        const int boots = 50;
        using var port = await Start();
        var capture = ConsoleCaptures.All.Single(capture => capture.Options.OwnerId == Module.Runspace.InstanceId);
        var threads = Process.GetCurrentProcess().Threads.Count;
        for (var boot = 1; boot <= boots; boot++)
        {
            await port.Say($"boot {boot}\r\n");
            Until(() => Lines(capture).Contains($"boot {boot}", StringComparison.Ordinal));
            port.TurnOff();
            port.TurnOn();
            await port.WaitForClient();
        }

        Assert.Equal(boots, Lines(capture).Split('\n').Count(line => line.StartsWith("boot ", StringComparison.Ordinal)));
        Assert.InRange(Process.GetCurrentProcess().Threads.Count, 1, threads + 40);
        Figures.Tell("A guest reboots in a loop", Form.Short, $"{boots} boots: each captured");
    }

    [Fact]
    public async Task ControlSequencesReachNoReaderOfLines()
    {
        const int bytes = 1 << 20;
        using var port = await Start();
        var random = new Random(5);
        var said = new byte[bytes];
        random.NextBytes(said);
        for (var at = 0; at < bytes - 8; at += random.Next(1, 12))
        {
            "\x1b[];?\n\r\b\a"u8.Slice(random.Next(9), 1).CopyTo(said.AsSpan(at));
        }

        await port.Say(said);
        await port.Say("\nthe end\n");
        Until(() => ConsoleCaptures.All.Any(capture => capture.Buffer.End >= bytes + 9));
        var lines = Module.RunWell("Receive-LinuxKitConsole web | ForEach-Object { $_.Text }").Select(line => line.ToString()).ToList();
        Assert.Equal("the end", lines[^1]);
        Assert.DoesNotContain(lines, line => line.Any(character => char.IsControl(character) && character != '\t'));
        Figures.Tell("Random control sequences, read as lines", Form.Short, $"{bytes >> 20} MiB, {lines.Count} lines: none with a control character");
    }

    /// <summary>A VM that is captured, whose COM port the test plays.</summary>
    private async Task<ComPort> Start()
    {
        var port = ComPort.On();
        Module.RunWell("param($path) $null = New-LinuxKitVM ./web-efi.iso -NoNetwork; Set-VMComPort web -Number 1 -Path $path; $null = Start-LinuxKitVM -Name web", port.Path);
        await port.WaitForClient().WaitAsync(Patience, TestContext.Current.CancellationToken);
        return port;
    }

    private Task Flood(ComPort port, string said) => Task.Run(async () =>
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(said, 65536 / said.Length)));
        while (!_over.IsCancellationRequested)
        {
            await port.Say(bytes);
        }
    });

    private static string Lines(ConsoleCapture capture)
    {
        var text = new StringBuilder();
        var reader = new ConsoleLineReader("web", capture.ReadFromStart());
        while (reader.TryRead(out var line))
        {
            text.Append(line.Text).Append('\n');
        }

        return text.ToString();
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Patience));
}
