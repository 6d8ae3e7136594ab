using System;
using System.IO;
using System.Linq;
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
    public void APipeThatIsNotThereIsNotFound()
    {
        using var port = ComPort.Off();

        Assert.Equal(ConsolePipeFailure.NotFound, FailureOf(Parse(port)));
    }

    [Fact]
    public Task APipeThatRefusesIsInUse() => WithPipeThatRefuses(path =>
    {
        Assert.Equal(ConsolePipeFailure.InUse, FailureOf(path));
        return Task.CompletedTask;
    });

    [Fact]
    public async Task AWaitForAPipeThatIsInUseIsCanceled()
    {
        using var cancel = new CancellationTokenSource();
        var attempts = 0;
        await WithPipeThatRefuses(async path =>
        {
            var opening = Task.Run(
                () => ConsolePipe.Open(path, _ => Interlocked.Increment(ref attempts), cancel.Token),
                TestContext.Current.CancellationToken);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref attempts) > 3, TimeSpan.FromSeconds(30)));

            cancel.Cancel();

            await Assert.ThrowsAsync<OperationCanceledException>(() => opening);
        });
    }

    [Fact]
    public void APipeThatIsNotThereIsNotWaitedFor()
    {
        using var port = ComPort.Off();

        Assert.Null(ConsolePipe.Open(Parse(port), _ => { }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task BytesGoBothWaysWhileAReadWaits()
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
    public async Task TheEndOfTheConnectionReadsAsNothingAndFailsAWrite()
    {
        using var port = ComPort.On();
        using var pipe = await Connect(port);

        port.TurnOff();

        Assert.Equal(0, pipe.Read(new byte[1], 0, 1));
        var exception = Assert.Throws<ConsolePipeException>(() => pipe.Write(new byte[1], 0, 1, TestContext.Current.CancellationToken));
        Assert.Equal(ConsolePipeFailure.Ended, exception.Reason);
    }

    [Fact]
    public async Task DisposingEndsAReadThatWaits()
    {
        using var port = ComPort.On();
        using var pipe = await Connect(port);
        var reading = Task.Run(() => pipe.Read(new byte[1], 0, 1), TestContext.Current.CancellationToken);
        await Task.Delay(AMoment, TestContext.Current.CancellationToken);

        pipe.Dispose();

        Assert.Equal(0, await reading.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AWriteThatNobodyTakesIsCanceled()
    {
        using var port = ComPort.On();
        using var pipe = await Connect(port);
        using var cancel = new CancellationTokenSource(AMoment);
        var much = new byte[8 * 1024 * 1024];

        Assert.ThrowsAny<OperationCanceledException>(() => pipe.Write(much, 0, much.Length, cancel.Token));
    }

    [Fact]
    public async Task AWriteLeavesTheSocketWaitingByItself()
    {
        Assert.SkipUnless(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), "Linux shows the flags of a descriptor.");
        const int NonBlocking = 0x800;
        using var port = ComPort.On();
        using var stream = UnixPipe.TryOpen(Parse(port), out _);
        await port.WaitForClient();

        UnixPipe.Write(stream!, Encoding.UTF8.GetBytes("to guest"), 3, 5, TestContext.Current.CancellationToken);

        Assert.Equal("guest", await port.Hear(5));
        var lines = await File.ReadAllLinesAsync(
            $"/proc/self/fdinfo/{stream!.SafePipeHandle.DangerousGetHandle()}", TestContext.Current.CancellationToken);
        var flags = Convert.ToInt32(lines.Single(line => line.StartsWith("flags:", StringComparison.Ordinal))[6..].Trim(), 8);
        Assert.Equal(0, flags & NonBlocking);
    }

    private static ConsolePipePath Parse(ComPort port) => ConsolePipePath.Parse(port.Path);

    private static ConsolePipeFailure? FailureOf(ConsolePipePath path)
    {
        using var pipe = ConsolePipe.TryOpen(path, out var failure);
        return failure?.Reason;
    }

    private static async Task WithPipeThatRefuses(Func<ConsolePipePath, Task> use)
    {
        Assert.SkipWhen(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "Refusing takes a socket.");
        var name = $"lkhv-test-{Guid.NewGuid():N}";
        var file = Path.Combine(Path.GetTempPath(), "CoreFxPipe_" + name);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(file));
        try
        {
            await use(ConsolePipePath.Parse(ComPort.PathOf(name)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<ConsolePipe> Connect(ComPort port)
    {
        var pipe = ConsolePipe.TryOpen(Parse(port), out _);
        Assert.NotNull(pipe);
        await port.WaitForClient();
        return pipe;
    }
}
