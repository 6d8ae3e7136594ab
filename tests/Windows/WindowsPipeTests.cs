using System;
using System.ComponentModel;
using System.IO.Pipes;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Tests.Console;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>Named pipes of Windows, where they are unlike the sockets that .NET makes of them elsewhere.</summary>
public sealed class WindowsPipeTests
{
    private readonly string _name = $"lkhv-test-{Guid.NewGuid():N}";

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    private ConsolePipePath Path => ConsolePipePath.Parse(ComPort.PathOf(_name));

    [Fact]
    public async Task TheSecondClientFindsThePipeBusy()
    {
        using var server = SerialPipe.Serve(_name);
        using var first = Open();
        await server.WaitForConnectionAsync(Canceled);

        AssertFails(ConsolePipeFailure.InUse, 231);
        Assert.True(ConsolePipe.Exists(Path));
    }

    [Fact]
    public void APipeThatIsNotThereIsNotFound()
    {
        AssertFails(ConsolePipeFailure.NotFound, 2);
        Assert.False(ConsolePipe.Exists(Path));
    }

    // As a pipe refuses whom its access list does not name.
    [Fact]
    public void APipeThatGivesNoRightToWriteRefuses()
    {
        using var server = new NamedPipeServerStream(_name, PipeDirection.Out);

        AssertFails(ConsolePipeFailure.AccessDenied, 5);
    }

    [Fact]
    public async Task AskingWhetherItExistsTakesNoConnection()
    {
        using var server = SerialPipe.Serve(_name);

        Assert.True(ConsolePipe.Exists(Path));

        using var client = Open();
        await server.WaitForConnectionAsync(Canceled);
    }

    [Fact]
    public void TheEndOfTheServersProcessEndsTheStream()
    {
        using var pipe = ServedElsewhere();

        Assert.Equal(0, pipe.Read(new byte[1], 0, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AResetEndsTheStreamAndThePipeIsBack(bool hasBytesWaiting)
    {
        using var server = SerialPipe.Serve(_name);
        using var pipe = Open();
        await server.WaitForConnectionAsync(Canceled);
        if (hasBytesWaiting)
        {
            await server.WriteAsync("lost"u8.ToArray(), Canceled);
        }

        // As Hyper-V does: the client's next read fails with 233, and what it had not read is lost.
        server.Disconnect();

        Assert.Equal(0, pipe.Read(new byte[8], 0, 8));
        pipe.Dispose();
        var back = server.WaitForConnectionAsync(Canceled);
        using var again = Open();
        await back;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public async Task BytesGoBothWaysWithAndWithoutBuffers(int bufferSize)
    {
        using var server = new NamedPipeServerStream(
            _name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous, bufferSize, bufferSize);
        using var pipe = Open();
        await server.WaitForConnectionAsync(Canceled);
        var (toGuest, fromGuest) = (new byte[3 * 4096], new byte[3 * 4096]);
        new Random(17).NextBytes(toGuest);
        new Random(18).NextBytes(fromGuest);

        var guest = Task.WhenAll(
            Task.Run(async () => Assert.Equal(toGuest, await ReadAll(server, toGuest.Length)), Canceled),
            server.WriteAsync(fromGuest, Canceled).AsTask());
        var reading = Task.Run(() => ReadAll(pipe, fromGuest.Length), Canceled);
        pipe.Write(toGuest, 0, toGuest.Length, Canceled);

        Assert.Equal(fromGuest, await reading);
        await guest;
    }

    private static byte[] ReadAll(ConsolePipe pipe, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var got = pipe.Read(bytes, read, count - read);
            Assert.NotEqual(0, got);
            read += got;
        }

        return bytes;
    }

    private static async Task<byte[]> ReadAll(NamedPipeServerStream server, int count)
    {
        var bytes = new byte[count];
        await server.ReadExactlyAsync(bytes, Canceled);
        return bytes;
    }

    // The process is killed when it has said all: what came before is still read.
    private ConsolePipe ServedElsewhere()
    {
        const string Said = "from another process";
        using var other = new OtherProcess("pipe", _name);
        var pipe = Open();
        Assert.Equal(Said, Encoding.UTF8.GetString(ReadAll(pipe, Said.Length)));
        return pipe;
    }

    private ConsolePipe Open() => ConsolePipe.Open(Path, _ => { }, Canceled)!;

    private void AssertFails(ConsolePipeFailure reason, int error)
    {
        Assert.Null(ConsolePipe.TryOpen(Path, out var failure));
        Assert.Equal(reason, failure!.Reason);
        Assert.Equal(error, Assert.IsType<Win32Exception>(failure.InnerException).NativeErrorCode);
    }
}
