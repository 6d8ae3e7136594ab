using System;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Console.Shell;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ShellConversationTests
{
    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatHasAHoleIsNeverTakenForTheWhole()
    {
        const int KeptBytes = ConsoleChunk.Size;
        using var port = ComPort.On();
        using var capture = ConsoleCapture.Start(
            new ConsoleCaptureOptions { PipePath = port.Path, VMId = Guid.NewGuid(), VMName = "web", BufferBytes = KeptBytes });
        await port.WaitForClient();
        await port.Say("begin");
        Assert.True(capture.Buffer.Wait(0, TimeSpan.FromMinutes(1), Canceled));
        var talk = new ShellConversation(capture, whileAway: null);

        await port.Say(new byte[4 * KeptBytes]);
        await port.Say("end");
        Assert.True(SpinWait.SpinUntil(() => capture.Buffer.End == "begin".Length + (4 * KeptBytes) + "end".Length, TimeSpan.FromMinutes(1)));

        var exception = Assert.Throws<ConsoleShellException>(() => talk.WaitFor("end", new Deadline(TimeSpan.FromMinutes(1)), Canceled));
        Assert.Equal(ConsoleShellFailure.OutputTooLong, exception.Reason);
    }
}
