using System;
using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsolePipeTests
{
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void A_pipe_that_is_not_there_is_not_found_when_the_time_has_passed()
    {
        using var port = ComPort.Off();

        Assert.Equal(ConsolePipeFailure.NotFound, FailureOf(port.Path));
    }

    [Fact]
    public void A_pipe_that_refuses_is_in_use()
    {
        Assert.SkipWhen(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "Refusing takes a socket.");
        var name = $"lkhv-test-{Guid.NewGuid():N}";
        var file = Path.Combine(Path.GetTempPath(), "CoreFxPipe_" + name);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(file));
        try
        {
            Assert.Equal(ConsolePipeFailure.InUse, FailureOf(ComPort.PathOf(name)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_wait_ends_when_the_pipe_appears()
    {
        using var port = ComPort.Off();
        var attempts = 0;
        var opening = Task.Run(
            () => ConsolePipe.Open(Parse(port), Timeout.InfiniteTimeSpan, _ => Interlocked.Increment(ref attempts), default),
            TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref attempts) > 3, TimeSpan.FromSeconds(10)));

        port.TurnOn();

        using var pipe = await opening;
        await port.WaitForClient();
    }

    [Fact]
    public async Task A_wait_without_end_is_canceled()
    {
        using var port = ComPort.Off();
        using var cancel = new CancellationTokenSource();
        var opening = Task.Run(
            () => ConsolePipe.Open(Parse(port), Timeout.InfiniteTimeSpan, null, cancel.Token),
            TestContext.Current.CancellationToken);

        cancel.Cancel();

        await Assert.ThrowsAsync<OperationCanceledException>(() => opening);
    }

    [Fact]
    public async Task Bytes_go_both_ways_while_a_read_waits()
    {
        using var port = ComPort.On();
        using var pipe = await Connect(port);
        var buffer = new byte[16];
        var reading = Task.Run(() => pipe.Read(buffer, 0, buffer.Length), TestContext.Current.CancellationToken);

        pipe.Write(Encoding.UTF8.GetBytes("to guest"), 0, 8, TestContext.Current.CancellationToken);

        Assert.Equal("to guest", await port.Hear(8));
        await port.Say("back");
        Assert.Equal("back", Encoding.UTF8.GetString(buffer, 0, await reading));
    }

    [Fact]
    public async Task The_end_of_the_connection_reads_as_nothing_and_fails_a_write()
    {
        using var port = ComPort.On();
        using var pipe = await Connect(port);

        port.TurnOff();

        Assert.Equal(0, pipe.Read(new byte[1], 0, 1));
        var exception = Assert.Throws<ConsolePipeException>(() => pipe.Write(new byte[1], 0, 1, TestContext.Current.CancellationToken));
        Assert.Equal(ConsolePipeFailure.Ended, exception.Reason);
    }

    [Fact]
    public async Task Disposing_ends_a_read_that_waits()
    {
        using var port = ComPort.On();
        using var pipe = await Connect(port);
        var reading = Task.Run(() => pipe.Read(new byte[1], 0, 1), TestContext.Current.CancellationToken);
        await Task.Delay(AMoment, TestContext.Current.CancellationToken);

        pipe.Dispose();

        Assert.Equal(0, await reading.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_write_that_nobody_takes_is_canceled()
    {
        using var port = ComPort.On();
        using var pipe = await Connect(port);
        using var cancel = new CancellationTokenSource(AMoment);
        var much = new byte[8 * 1024 * 1024];

        Assert.ThrowsAny<OperationCanceledException>(() => pipe.Write(much, 0, much.Length, cancel.Token));
    }

    private static ConsolePipePath Parse(ComPort port) => ConsolePipePath.Parse(port.Path);

    private static ConsolePipeFailure FailureOf(string path) => Assert.Throws<ConsolePipeException>(
        () => ConsolePipe.Open(ConsolePipePath.Parse(path), AMoment, null, default)).Reason;

    private static async Task<ConsolePipe> Connect(ComPort port)
    {
        var pipe = ConsolePipe.Open(Parse(port), TimeSpan.FromSeconds(10), null, TestContext.Current.CancellationToken);
        await port.WaitForClient();
        return pipe;
    }
}
