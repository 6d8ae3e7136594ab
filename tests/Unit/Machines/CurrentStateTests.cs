using System;
using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

/// <summary>What a VM is taken to be, where what Hyper-V's objects tell of it may be old.</summary>
public sealed class CurrentStateTests : IHyperV
{
    private const string PipeFolder = @"\\.\pipe\";

    private readonly Guid _id = Guid.NewGuid();
    private readonly string _pipe = $"lkhv-{Guid.NewGuid():N}";
    private readonly Queue<string> _states = [];
    private TimeSpan _age = TimeSpan.FromMinutes(1);
    private int _looks;

    [Theory]
    [InlineData("Running", "AtRest", "Off")]
    [InlineData("Running", "AtRest", "OffCritical")]
    [InlineData("Off", "On", "Running")]
    [InlineData("Saved", "On", "Paused")]
    [InlineData("Paused", "Running", "Running")]
    internal void AStateThatIsOldIsAskedForAgain(string old, string condition, string now)
    {
        Tell(old, old, now);
        Assert.True(Is(condition, old));
        Assert.Equal(3, _looks);
    }

    [Fact]
    public void AStateThatHoldsIsNotAskedForAgain()
    {
        Assert.True(Is("AtRest", "SavedCritical"));
        Assert.Equal(0, _looks);
    }

    [Fact]
    public void AStateIsRefusedOnceItIsCertain()
    {
        _age = TimeSpan.FromMilliseconds(600);
        Tell([.. Enumerable.Repeat("Running", 100)]);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.False(Is("AtRest", "Running"));
        Assert.True(clock.Elapsed >= _age);
        Assert.True(_looks >= 2);
    }

    [Fact]
    public void ThePipeOfTheConsoleTellsAtOnceThatAVMIsOn()
    {
        using var server = SerialPipe.Serve(_pipe);
        Assert.False(Is("AtRest", "Running", _pipe));
        Assert.Equal(0, _looks);
    }

    [Fact]
    public void ThePipeThatIsNotThereTellsAtOnceThatAVMIsNotOn()
    {
        Assert.False(Is("On", "Off", _pipe));
        Assert.False(Is("Running", "Saved", _pipe));
        Assert.Equal(0, _looks);
    }

    [Fact]
    public void APipeThatSpeaksAgainstWhatIsSeenSettlesNothing()
    {
        using var server = SerialPipe.Serve(_pipe);
        Tell("Off", "Running");
        Assert.True(Is("On", "Off", _pipe));
        Assert.False(CurrentState.IsAtRest(Machine("Off", _pipe)));
    }

    [Fact]
    public void WhatIsGoneIsTold()
    {
        Assert.Equal("VMNotFound", Assert.Throws<LinuxKitException>(() => Is("AtRest", "Running")).ErrorId);
    }

    IHyperV IHyperV.Undoing => throw new NotSupportedException();

    TimeSpan IHyperV.PropertyAge => _age;

    HyperVResult IHyperV.Invoke(HyperVCall call)
    {
        HyperVContract.Check(call);
        _looks++;
        return new HyperVResult(_states.TryDequeue(out var state) ? [Machine(state).Object] : [], []);
    }

    HyperVResult? IHyperV.InvokeWithin(HyperVCall call, TimeSpan timeout) => throw new NotSupportedException();

    bool IHyperV.HasParameter(string command, string parameter) => throw new NotSupportedException();

    private void Tell(params string[] states) => Array.ForEach(states, _states.Enqueue);

    private bool Is(string condition, string state, string? pipe = null) =>
        new CurrentState(this, new PatientWait(new SilentReport(), TestContext.Current.CancellationToken)).Is(Enum.Parse<MachineCondition>(condition), Machine(state, pipe));

    private LinuxKitMachine Machine(string state, string? pipe = null) => LinuxKitMachine.From(FakeObject.Of(
        ("Name", "web"),
        ("Id", _id),
        ("State", state),
        ("Notes", new OwnershipMark { Image = "web.iso" }.ToString()),
        ("ComPort1", FakeObject.Of(("Path", pipe is null ? string.Empty : PipeFolder + pipe)))))!;
}
