using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Tests.Console;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

/// <summary>When a guest is asked to shut down, and what becomes of its console.</summary>
public sealed class PowerStepTests : IHyperV, IDisposable
{
    private readonly ComPort _port = ComPort.Off();
    private readonly ConsoleCapture _capture;
    private readonly LinuxKitMachine _machine;
    private readonly List<PSObject> _services = [];
    private readonly List<string> _asked = [];
    private readonly Queue<HyperVResult> _turnedOff = [];
    private HyperVResult? _stopped = new([], []);
    private HyperVCall? _shutDown;
    private string _state = "Running";

    public PowerStepTests()
    {
        var options = ConsoleCaptureTests.OptionsOf(_port);
        _capture = ConsoleCaptures.Start(options);
        _machine = LinuxKitMachine.From(FakeObject.Of(("Name", "web"), ("Id", options.VMId), ("State", "Running"), ("Notes", new OwnershipMark { Image = "web.iso" }.ToString())))!;
    }

    public void Dispose()
    {
        ConsoleCaptures.Remove(".", _machine.Id, ConsoleEndReason.VMRemoved);
        _port.Dispose();
    }

    [Fact]
    public void AGuestThatShutsDownEndsItsCapture()
    {
        Service(IntegrationServiceId.Shutdown, isEnabled: true, "Ok");
        Assert.Null(TryShutDown());
        Assert.Equal(ConsoleEndReason.VMStopped, _capture.EndReason);
    }

    [Fact]
    public void AVMThatIsTurnedOffEndsItsCapture()
    {
        new TurnOffStep(_machine).Run(Context());
        Assert.Equal(ConsoleEndReason.VMStopped, _capture.EndReason);
    }

    [Fact]
    public void AGuestIsOnlyAsked()
    {
        Service(IntegrationServiceId.Shutdown, isEnabled: true, "Ok");
        TryShutDown();
        Assert.True(_shutDown!.AsksNobody);
        Assert.Equal(["VM"], _shutDown.Parameters.Select(parameter => parameter.Key));
    }

    [Fact]
    public void WhatFailedOfAVMThatIsOffAllTheSameIsNoFailure()
    {
        Service(IntegrationServiceId.Shutdown, isEnabled: true, "Ok");
        _stopped = new([], [Error("OperationFailed")]);
        _state = "Off";
        Assert.Null(TryShutDown());
        Assert.Equal(ConsoleEndReason.VMStopped, _capture.EndReason);
    }

    [Fact]
    public void WhatFailedOfAVMThatIsOnIsTold()
    {
        Service(IntegrationServiceId.Shutdown, isEnabled: true, "Ok");
        _stopped = new([], [Error("OperationFailed")]);
        Assert.Equal("VMShutdownFailed", TryShutDown()?.ErrorId);
        Assert.Null(_capture.EndReason);
    }

    [Fact]
    public void AVMWhoseGuestStillShutsDownIsTurnedOffOnceThatIsPossible()
    {
        _turnedOff.Enqueue(new([], [Error("InvalidState")]));
        _turnedOff.Enqueue(new([], [Error("InvalidState")]));
        new TurnOffStep(_machine).Run(Context());
        Assert.Equal(3, _asked.Count);
        Assert.Equal(ConsoleEndReason.VMStopped, _capture.EndReason);
    }

    [Fact]
    public void AVMThatCannotBeTurnedOffForAnotherReasonIsNotTriedAgain()
    {
        _turnedOff.Enqueue(new([], [Error("AccessDenied")]));
        Assert.Equal("VMTurnOffFailed", Assert.Throws<LinuxKitException>(() => new TurnOffStep(_machine).Run(Context())).ErrorId);
        Assert.Single(_asked);
        Assert.Null(_capture.EndReason);
    }

    [Theory]
    [InlineData(IntegrationServiceId.Shutdown, false, "Ok")]
    [InlineData(IntegrationServiceId.Shutdown, true, "NoContact")]
    [InlineData(IntegrationServiceId.Heartbeat, true, "Ok")]
    public void AGuestWhoseServiceDoesNotAnswerIsNotAsked(string id, bool isEnabled, string status)
    {
        Service(id, isEnabled, status);
        Assert.Equal("VMShutdownServiceMissing", TryShutDown()?.ErrorId);
        Assert.Equal([HyperVCommand.GetVMIntegrationService], _asked);
        Assert.Null(_capture.EndReason);
    }

    [Fact]
    public void AGuestThatTakesTooLongKeepsItsCapture()
    {
        Service(IntegrationServiceId.Shutdown, isEnabled: true, "Ok");
        _stopped = null;
        Assert.Equal("VMShutdownTimeout", TryShutDown()?.ErrorId);
        Assert.Null(_capture.EndReason);
    }

    IHyperV IHyperV.Undoing => this;

    HyperVResult IHyperV.Invoke(HyperVCall call)
    {
        HyperVContract.Check(call);
        _asked.Add(call.Command);
        return call.Command switch
        {
            HyperVCommand.GetVMIntegrationService => new HyperVResult(_services, []),
            _ when _turnedOff.TryDequeue(out var result) => result,
            _ => new HyperVResult([], []),
        };
    }

    HyperVResult? IHyperV.InvokeWithin(HyperVCall call, TimeSpan timeout)
    {
        HyperVContract.Check(call);
        _asked.Add(call.Command);
        _shutDown = call;
        _machine.Object.Properties["State"].Value = _state;
        return _stopped;
    }

    TimeSpan IHyperV.PropertyAge => TimeSpan.Zero;

    bool IHyperV.HasParameter(string command, string parameter) => throw new NotSupportedException();

    private LinuxKitException? TryShutDown()
    {
        var context = Context();
        var step = new ShutDownStep(_machine, TimeSpan.FromSeconds(1));
        step.Run(context);
        return context.Find(step.Failure);
    }

    private static ErrorRecord Error(string id) =>
        new(new InvalidOperationException("No."), $"{id},Microsoft.HyperV.PowerShell.Commands.StopVM", ErrorCategory.InvalidOperation, null);

    private PlanContext Context() => new(this, new SilentReport(), TestContext.Current.CancellationToken);

    private void Service(string id, bool isEnabled, string status) =>
        _services.Add(FakeObject.Of(("Id", $"Microsoft:0F0F\\{id}"), ("Enabled", isEnabled), ("PrimaryOperationalStatus", status)));
}
