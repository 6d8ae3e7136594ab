using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Native.Unix;
using LinuxKitHyperV.Terminal;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class UnixTerminalTests
{
    private const string Reason = "The terminal of Windows is another class.";

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    public static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void EveryKeyIsReadAsItIsAndNotEchoed()
    {
        using var pty = new PseudoTerminal();
        using var terminal = Open(pty);

        pty.Type("\x03\x1a\x11\x13\r\n\x7f\x1b[A€");

        Assert.Equal("\x03\x1a\x11\x13\r\n\x7f\x1b[A€", Read(terminal, 13));
        terminal.Write("shown\n"u8.ToArray(), 0, 6, Canceled);
        Assert.Equal("shown\n", pty.See(6));
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void TheSettingsAreThoseOfBeforeAfterwards()
    {
        using var pty = new PseudoTerminal();
        var before = pty.Settings;
        var terminal = Open(pty);
        Assert.NotEqual(before, pty.Settings);

        terminal.Dispose();
        terminal.Dispose();

        Assert.Equal(before, pty.Settings);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public async Task AReadIsCanceledAtOnceAndLosesNoKey()
    {
        using var pty = new PseudoTerminal();
        using var terminal = Open(pty);
        using var cancel = new CancellationTokenSource();
        var reading = Task.Run(() => terminal.Read(new byte[1], cancel.Token), Canceled);

        cancel.Cancel();

        await Assert.ThrowsAsync<OperationCanceledException>(() => reading);
        pty.Type("x");
        Assert.Equal("x", Read(terminal, 1));
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public async Task AWriteToAWindowThatShowsNothingIsCanceled()
    {
        using var pty = new PseudoTerminal();
        using var terminal = Open(pty);
        using var cancel = new CancellationTokenSource();
        var writing = Task.Run(() => terminal.Write(new byte[1 << 20], 0, 1 << 20, cancel.Token), Canceled);

        // By now the kernel keeps for the window what it keeps, and the write waits.
        Assert.NotSame(writing, await Task.WhenAny(writing, Task.Delay(TimeSpan.FromMilliseconds(300), Canceled)));
        cancel.Cancel();

        await Assert.ThrowsAsync<OperationCanceledException>(() => writing);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void SettingsThatSomethingElsePutsBackAreMadeRawAgain()
    {
        using var pty = new PseudoTerminal();
        var before = pty.Settings;
        using var terminal = Open(pty);
        var raw = pty.Settings;
        Assert.Equal(0, LibC.SetAttributes(pty.Descriptor, LibC.Now, before));
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        var reading = Task.Run(() => terminal.Read(new byte[1], cancel.Token), Canceled);

        Assert.True(SpinWait.SpinUntil(() => pty.Settings.AsSpan().SequenceEqual(raw), TimeSpan.FromSeconds(10)));
        cancel.Cancel();
        Assert.True(SpinWait.SpinUntil(() => reading.IsCompleted, TimeSpan.FromSeconds(10)));
    }

    private static UnixTerminal Open(PseudoTerminal pty) => new(pty.Descriptor, pty.Descriptor);

    private static string Read(UnixTerminal terminal, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var part = new byte[count - read];
            var got = terminal.Read(part, Canceled);
            Assert.True(got > 0, "The terminal is gone.");
            Array.Copy(part, 0, bytes, read, got);
            read += got;
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
