using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Tests.Console;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>Many at once.</summary>
public sealed class LoadTests : FaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public void FortyVMs() => Fleet(40, Form.Short);

    [Fact(Explicit = true)]
    public void TwoHundredVMs() => Fleet(200, Form.Long);

    [Fact]
    public Task TwentyCapturesForAMoment() => Capture(TimeSpan.FromSeconds(1), Form.Short);

    [Fact(Explicit = true)]
    public Task TwentyCapturesForAMinute() => Capture(TimeSpan.FromMinutes(1), Form.Long);

    private void Fleet(int count, Form form)
    {
        var before = HostSnapshot.Of(Module);
        var times = string.Join(", ", new[]
        {
            ("create", $"if (@(New-LinuxKitVM ./web-efi.iso -Name (1..{count} | ForEach-Object {{ \"vm$_\" }}) -NoNetwork -Disk size=1).Count -ne {count}) {{ throw 'create' }}"),
            ("get", $"if (@(Get-LinuxKitVM).Count -ne {count}) {{ throw 'get' }}"),
            ("start", "Get-LinuxKitVM | Start-LinuxKitVM | Out-Null"),
            ("wait", $"if (@(Get-LinuxKitVM | Wait-LinuxKitVM -For State -State Running -TimeoutSec 60).Count -ne {count}) {{ throw 'wait' }}"),
            ("remove", "Get-LinuxKitVM | Remove-LinuxKitVM -Force -RemoveDisk"),
        }.Select(step => $"{step.Item1} {Time(step.Item2).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s"));
        Assert.Equal(before, HostSnapshot.Of(Module));
        Figures.Tell($"{count} VMs, each with a disk and a capture", form, $"{times}; nothing left");
    }

    private static async Task Capture(TimeSpan time, Form form)
    {
        const int count = 20;
        const int piece = 64 * 1024;
        var interval = TimeSpan.FromSeconds(piece / (10.0 * 1024 * 1024));
        var ports = Enumerable.Range(0, count).Select(_ => ComPort.On()).ToList();
        var captures = ports.ConvertAll(port => ConsoleCapture.Start(new ConsoleCaptureOptions { VMId = Guid.NewGuid(), VMName = "web", PipePath = port.Path, BufferBytes = 1 << 20 }));
        try
        {
            await Task.WhenAll(ports.Select(port => port.WaitForClient()));
            var memory = GC.GetTotalMemory(forceFullCollection: true);
            var bytes = Enumerable.Range(0, piece).Select(index => (byte)(index % 64 == 63 ? '\n' : 'x')).ToArray();
            var watch = Stopwatch.StartNew();
            var sent = await Task.WhenAll(ports.Select(async port =>
            {
                var total = 0L;
                while (watch.Elapsed < time)
                {
                    await port.Say(bytes);
                    total += piece;
                    var ahead = (interval * (total / piece)) - watch.Elapsed;
                    if (ahead > TimeSpan.Zero)
                    {
                        await Task.Delay(ahead, TestContext.Current.CancellationToken);
                    }
                }

                return total;
            }));
            var elapsed = watch.Elapsed;

            // Nothing is lost, whatever this machine could do in that time.
            Assert.True(SpinWait.SpinUntil(() => captures.Zip(sent).All(pair => pair.First.Buffer.End == pair.Second), Patience));
            var rate = sent.Average() / elapsed.TotalSeconds / (1 << 20);
            var growth = Math.Max(0, GC.GetTotalMemory(forceFullCollection: true) - memory) >> 20;
            Assert.InRange(growth, 0, 100);
            Figures.Tell($"{count} captures, each meant to take 10 MiB/s", form, $"{rate.ToString("0.0", CultureInfo.InvariantCulture)} MiB/s each for {elapsed.TotalSeconds:0} s, no byte lost; {growth} MiB more memory");
        }
        finally
        {
            captures.ForEach(capture => capture.Dispose());
            ports.ForEach(port => port.Dispose());
        }
    }

    private TimeSpan Time(string script)
    {
        var watch = Stopwatch.StartNew();
        Module.RunWell(script);
        return watch.Elapsed;
    }
}
