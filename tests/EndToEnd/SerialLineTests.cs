using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>Of what a guest sends nothing is lost on its way into the log of its console's capture.</summary>
public sealed class SerialLineTests : IDisposable
{
    private const string Log = "console.log";

    /// <summary>What a connection that ends may hold: the socket's buffer, and a piece at either end of it.</summary>
    private const int MostInAConnection = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HostedModule _module = new(runsMachines: true);

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SerialRecord.End();
        _module.Run("Get-LinuxKitVM | Remove-LinuxKitVM -Force");
        _module.Dispose();
    }

    [Fact]
    public Task NothingIsLostOfFourMebibytesAndThreeRestarts() => Prove(floods: 16, restarts: 3, stallEvery: int.MaxValue);

    [Fact(Explicit = true)]
    public Task NothingIsLostOfAHundredMebibytesAndTwentyRestarts() => Prove(floods: 77, restarts: 20, stallEvery: 10 << 20);

    /// <summary>Has a guest send so many times 64 KiB, restart, and go on, while whoever reads the capture stalls for ten seconds now and then.</summary>
    private async Task Prove(int floods, int restarts, int stallEvery)
    {
        var capture = Start();
        var read = Task.Run(() => ReadWithStalls(stallEvery), Canceled);
        for (var boot = 1; boot <= restarts + 1; boot++)
        {
            WaitForPrompt(capture, boot);
            var end = capture.Buffer.End + (floods * TinyGuest.Deluge.Length);
            Type(capture, string.Concat(Enumerable.Repeat(TinyGuest.Flood, floods)));
            for (var heard = capture.Buffer.End; heard < end; heard = capture.Buffer.End)
            {
                Assert.True(capture.Buffer.Wait(heard, Patience, Canceled), $"Only {capture.Buffer.End} of {end} bytes came.");
            }

            Type(capture, boot <= restarts ? TinyGuest.Reboot : TinyGuest.PowerOff);
        }

        // It ends when the guest has powered itself off, and the capture and its log with it.
        var received = await read;
        var logged = await File.ReadAllBytesAsync(_module[Log], Canceled);
        Assert.True(logged.AsSpan().SequenceEqual(received), "What was received is not what was logged.");

        var record = SerialRecord.Read();
        var boots = string.Concat(Enumerable.Repeat(TinyGuest.Prompt + string.Concat(Enumerable.Repeat(TinyGuest.Deluge, floods)), restarts + 1));
        Assert.True(record.Bytes.SequenceEqual(Encoding.ASCII.GetBytes(boots)), "The record is not what the guest said.");
        record.AssertThatQemuAgrees();

        var missing = record.Missing(logged);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{record.Bytes.Length} bytes, {restarts} restarts: lost at disconnects {missing.Sum(gap => gap.Count)}; logged again by QEMU {record.Repeats}.");
        Assert.InRange(missing.Count, 0, restarts);
        Assert.All(missing, gap => Assert.InRange(gap.Count, 1, MostInAConnection));
    }

    private ConsoleCapture Start()
    {
        const string script = """
            param($disk, $pipe, $notes)
            Hyper-V\New-VM tiny -Generation 1 -MemoryStartupBytes 32MB -VHDPath $disk | Hyper-V\Set-VM -Notes $notes
            Hyper-V\Set-VMComPort tiny -Number 1 -Path $pipe
            Start-LinuxKitVM -Name tiny -ConsoleLogPath console.log -ConsoleLogRaw

            # It has no effect until the next start, and a restart of the guest is none.
            Hyper-V\Set-VMComPort tiny -Number 1 -Path '\\.\pipe\of-the-next-start'
            """;
        TinyGuest.WriteDisk(_module["tiny.vhd"]);
        SerialRecord.Begin();
        var notes = new OwnershipMark { Id = Guid.NewGuid(), Image = "tiny.vhd" }.WriteTo(null);
        var machine = _module.RunWell(script, _module["tiny.vhd"], $@"\\.\pipe\tiny-{Guid.NewGuid():N}", notes).Single();
        return ConsoleCaptures.Find(".", machine.Id())!;
    }

    private byte[] ReadWithStalls(int stallEvery)
    {
        const string script = """
            param($stallEvery)
            $all = [IO.MemoryStream]::new()
            $next = 0
            Receive-LinuxKitConsole tiny -Follow -Raw | ForEach-Object {
                if ($all.Length -ge $next) { Start-Sleep 10; $next += $stallEvery }
                $all.Write($_, 0, $_.Length)
            }
            , $all.ToArray()
            """;
        using var runspace = _module.OpenRunspace();
        using var powerShell = PowerShell.Create(runspace).AddScript(script).AddArgument(stallEvery);
        return (byte[])powerShell.Invoke().Single().BaseObject;
    }

    private static void WaitForPrompt(ConsoleCapture capture, int boot)
    {
        // Without its prompt, which may have been lost at the restart, the guest is there all the same.
        var waiting = new Deadline(TimeSpan.FromSeconds(60));
        while (capture.Buffer.LastBoot is not { } last || last.Number < boot || capture.Buffer.End == last.Position)
        {
            if (waiting.HasPassed)
            {
                return;
            }

            Canceled.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20));
        }
    }

    private static void Type(ConsoleCapture capture, string keys) => capture.Send(Encoding.ASCII.GetBytes(keys), 0, keys.Length, Canceled);
}
