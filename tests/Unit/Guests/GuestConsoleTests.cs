using System;
using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Console;
using LinuxKitHyperV.Tests.Hosting;
using LinuxKitHyperV.Tests.Machines;
using Xunit;

namespace LinuxKitHyperV.Tests.Guests;

/// <summary>Whether a capture whose pipe is away ends, by what Hyper-V says of the VM.</summary>
public sealed class GuestConsoleTests
{
    [Theory]
    [InlineData("Running", null)]
    [InlineData("Paused", null)]
    [InlineData("Starting", null)]
    [InlineData("Off", ConsoleEndReason.VMStopped)]
    [InlineData("Saved", ConsoleEndReason.VMStopped)]
    internal void ACaptureEndsWithItsVM(string state, ConsoleEndReason? expected) =>
        Assert.Equal(expected, EndReason(new HyperVResult([Machine(state)], [])));

    [Theory]
    [InlineData(ErrorCategory.ObjectNotFound, ConsoleEndReason.VMRemoved)]
    [InlineData(ErrorCategory.NotSpecified, null)]
    internal void ACaptureEndsWhereThereIsNoVMAndNotWhereHyperVDoesNotAnswer(ErrorCategory category, ConsoleEndReason? expected) =>
        Assert.Equal(expected, EndReason(new HyperVResult([], [new ErrorRecord(new InvalidOperationException("No."), "Id", category, null)])));

    private static ConsoleEndReason? EndReason(HyperVResult answer)
    {
        using var port = ComPort.Off();
        using var capture = ConsoleCaptureTests.Start(port);
        var hyperV = new Answering(answer);
        new GuestConsole(LinuxKitMachine.From(Machine("Running"))!, hyperV, SilentReport.CurrentState(hyperV), TestContext.Current.CancellationToken).EndIfStopped(capture);
        return capture.EndReason;
    }

    private static PSObject Machine(string state) =>
        FakeObject.Of(("Name", "web"), ("Id", Guid.NewGuid()), ("State", state), ("Notes", new OwnershipMark { Image = "web.iso" }.ToString()));

    /// <summary>Hyper-V that is only asked for the VM.</summary>
    private sealed class Answering(HyperVResult answer) : IHyperV
    {
        public IHyperV Undoing => throw new NotSupportedException();

        public HyperVResult Invoke(HyperVCall call) => call.Command == HyperVCommand.GetVM ? answer : throw new NotSupportedException(call.Command);

        public HyperVResult InvokeWithin(HyperVCall call, TimeSpan timeout) => throw new NotSupportedException();

        public TimeSpan PropertyAge => TimeSpan.Zero;

        public bool HasParameter(string command, string parameter) => throw new NotSupportedException();
    }
}
