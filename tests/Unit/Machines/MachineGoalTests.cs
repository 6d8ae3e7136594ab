using System;
using System.Threading;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Waiting;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

/// <summary>Whether VMs get to where they are waited for, in states that the stand-in does not have, and by guests that are asked.</summary>
public sealed class MachineGoalTests : IHyperV
{
    private const string MacAddress = "00155D010203";
    private const string Answer = "2: eth0: <UP>\\    link/ether 00:15:5d:01:02:03 brd ff\n2: eth0    inet 10.1.2.3/24 scope global";

    [Theory]
    [InlineData("Off")]
    [InlineData("OffCritical")]
    [InlineData("Saved")]
    [InlineData("SavedCritical")]
    [InlineData("FastSaved")]
    [InlineData("FastSavedCritical")]
    [InlineData("Hibernated")]
    public void AGuestThatDoesNotRunGetsNowhere(string state)
    {
        foreach (var goal in new MachineGoal[] { new HeartbeatGoal(this, Current, CancellationToken.None), new IPAddressGoal(this, Current, null, CancellationToken.None) })
        {
            var exception = Assert.Throws<LinuxKitException>(() => goal.IsReached(Machine(state)));
            Assert.Equal("VMNotRunning", exception.ErrorId);
            Assert.Contains(state, exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Starting")]
    [InlineData("Paused")]
    [InlineData("PausedCritical")]
    [InlineData("RunningCritical")]
    public void AGuestThatMayGoOnIsWaitedFor(string state) =>
        Assert.False(new IPAddressGoal(this, Current, null, CancellationToken.None).IsReached(Machine(state)));

    [Theory]
    [InlineData("Off", true)]
    [InlineData("OffCritical", true)]
    [InlineData("Running", false)]
    [InlineData("Stopping", false)]
    [InlineData("Paused", false)]
    [InlineData("Saved", null)]
    [InlineData("SavedCritical", null)]
    public void KnowsWhatIsOff(string state, bool? isOff)
    {
        var goal = new OffGoal(Current);
        if (isOff is null)
        {
            Assert.Equal("VMNotRunning", Assert.Throws<LinuxKitException>(() => goal.IsReached(Machine(state))).ErrorId);
        }
        else
        {
            Assert.Equal(isOff, goal.IsReached(Machine(state)));
        }
    }

    [Fact]
    public void AGuestIsAskedForItsAddress() =>
        Assert.True(new IPAddressGoal(this, Current, new Question(), CancellationToken.None).IsReached(Machine("Running")));

    [Fact]
    public void AGuestThatDoesNotAnswerIsNotAskedAgainAtOnce()
    {
        var question = new Question { FailsAtFirst = true };
        var goal = new IPAddressGoal(this, Current, question, CancellationToken.None);
        var machine = Machine("Running");
        Assert.False(goal.IsReached(machine));
        Assert.Equal(1, question.Asked);
        Assert.True(SpinWait.SpinUntil(() => goal.IsReached(machine), TimeSpan.FromMinutes(1)));
        Assert.Equal(2, question.Asked);
    }

    HyperVResult IHyperV.Invoke(HyperVCall call) => new(
        call.Command == HyperVCommand.GetVMNetworkAdapter
            ? [FakeObject.Of(("MacAddress", MacAddress), ("SwitchName", "Lab"), ("SwitchId", Guid.NewGuid()), ("IPAddresses", Array.Empty<string>()))]
            : [],
        []);

    HyperVResult? IHyperV.InvokeWithin(HyperVCall call, TimeSpan timeout) => ((IHyperV)this).Invoke(call);

    IHyperV IHyperV.Undoing => this;

    TimeSpan IHyperV.PropertyAge => TimeSpan.Zero;

    bool IHyperV.HasParameter(string command, string parameter) => true;

    private CurrentState Current => SilentReport.CurrentState(this);

    private static LinuxKitMachine Machine(string state) =>
        LinuxKitMachine.From(FakeObject.Of(("Name", MachineName.UnfinishedPrefix), ("Id", Guid.NewGuid()), ("State", state), ("ComputerName", ".")))!;

    private sealed class Question : IGuestQuestion
    {
        public bool FailsAtFirst { get; init; }

        public int Asked { get; private set; }

        public string Ask(LinuxKitMachine machine) => ++Asked == 1 && FailsAtFirst
            ? throw new LinuxKitException("GuestShellNotFound", FailureKind.OperationTimeout, "No shell answers.", null, "Wait.")
            : Answer;
    }
}
