using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleCopyTests : IDisposable
{
    private readonly ComPort _port = ComPort.On();
    private readonly ConsoleCapture _capture;
    private readonly StringBuilder _copy = new();

    public ConsoleCopyTests() => _capture = ConsoleCaptureTests.Start(_port);

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _capture.Dispose();
        _port.Dispose();
    }

    [Fact]
    public async Task The_console_is_copied_until_the_capture_ends()
    {
        await _port.WaitForClient();
        var copying = Task.Run(() => Copy(Timeout.InfiniteTimeSpan, Canceled), Canceled);
        var euro = Encoding.UTF8.GetBytes("10 €");
        await _port.Say(euro[..4]);
        ConsoleCaptureTests.Read(_capture.ReadFromStart(), 4);
        await _port.Say(euro[4..]);
        ConsoleCaptureTests.Read(_capture.ReadFromStart(), euro.Length);

        _capture.End(ConsoleEndReason.VMStopped);

        Assert.Equal(ConsoleSessionEnd.CaptureEnded, await copying);
        Assert.Equal("10 €", _copy.ToString());
    }

    [Fact]
    public async Task It_ends_when_the_time_has_passed_though_the_guest_never_pauses()
    {
        await _port.WaitForClient();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Canceled);
        var talking = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await _port.Say("on and on ");
                }
            },
            Canceled);

        Assert.Equal(ConsoleSessionEnd.TimedOut, Copy(TimeSpan.FromMilliseconds(200), Canceled));

        stop.Cancel();
        await talking;
        Assert.StartsWith("on and on ", _copy.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_canceled_at_once()
    {
        using var cancel = new CancellationTokenSource();
        var copying = Task.Run(() => Copy(Timeout.InfiniteTimeSpan, cancel.Token), Canceled);

        cancel.Cancel();

        Assert.Equal(ConsoleSessionEnd.Canceled, await copying);
    }

    private ConsoleSessionEnd Copy(TimeSpan timeout, CancellationToken cancellationToken) => ConsoleCopy.Run(
        _capture, _capture.ReadFromStart(), text => _copy.Append(text), timeout, whileAway: null, cancellationToken);
}
