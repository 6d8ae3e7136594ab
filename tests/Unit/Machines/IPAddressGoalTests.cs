using System;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using LinuxKitHyperV.Waiting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

public sealed class IPAddressGoalTests : IHyperV
{
    private const string Mac = "00155D010203";

    private int _questions;

    [Theory]
    [InlineData("")]
    [InlineData("2: eth0: <UP>\\    link/ether 00:15:5d:01:02:03 brd ff\n2: eth0    inet 169.254.1.2/16 scope link")]
    public void AGuestIsAskedOnceInAWhile(string answer)
    {
        var goal = new IPAddressGoal(this, SilentReport.CurrentState(this), new Question(() => Asked(answer)), TestContext.Current.CancellationToken);
        var (web, db) = (Machine("web"), Machine("db"));
        Assert.False(goal.IsReached(web));
        Assert.False(goal.IsReached(web));
        Assert.Equal(1, _questions);
        Assert.False(goal.IsReached(db));
        Assert.Equal(2, _questions);
    }

    [Fact]
    public void AGuestWithoutAShellIsAskedOnceInAWhileToo()
    {
        var goal = new IPAddressGoal(
            this,
            SilentReport.CurrentState(this),
            new Question(() => throw new LinuxKitException("GuestShellNotFound", FailureKind.ResourceUnavailable, Asked("No shell."), null, "Wait.")),
            TestContext.Current.CancellationToken);
        var web = Machine("web");
        Assert.False(goal.IsReached(web));
        Assert.False(goal.IsReached(web));
        Assert.Equal(1, _questions);
    }

    [Fact]
    public void AnAnswerReachesIt() => Assert.True(new IPAddressGoal(
        this,
        SilentReport.CurrentState(this),
        new Question(() => "2: eth0: <UP>\\    link/ether 00:15:5d:01:02:03 brd ff\n2: eth0    inet 10.0.2.15/24 scope global"),
        TestContext.Current.CancellationToken).IsReached(Machine("web")));

    HyperVResult IHyperV.Invoke(HyperVCall call) => call.Command == HyperVCommand.GetVMNetworkAdapter
        ? new HyperVResult([FakeObject.Of(("MacAddress", Mac), ("SwitchName", "Lab"), ("SwitchId", Guid.NewGuid()), ("IPAddresses", Array.Empty<string>()))], [])
        : new HyperVResult([], []);

    HyperVResult? IHyperV.InvokeWithin(HyperVCall call, TimeSpan timeout) => throw new NotSupportedException();

    IHyperV IHyperV.Undoing => throw new NotSupportedException();

    TimeSpan IHyperV.PropertyAge => TimeSpan.Zero;

    bool IHyperV.HasParameter(string command, string parameter) => throw new NotSupportedException();

    private string Asked(string answer)
    {
        _questions++;
        return answer;
    }

    private static LinuxKitMachine Machine(string name) => LinuxKitMachine.From(FakeObject.Of(
        ("Name", name), ("Id", Guid.NewGuid()), ("State", "Running"), ("ComputerName", "."), ("Notes", new OwnershipMark { Image = "web.iso" }.ToString())))!;

    private sealed class Question(Func<string> answer) : IGuestQuestion
    {
        public string Ask(LinuxKitMachine machine) => answer();
    }
}
