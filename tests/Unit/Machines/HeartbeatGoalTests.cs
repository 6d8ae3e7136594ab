using System;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Waiting;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

public sealed class HeartbeatGoalTests
{
    [Theory]
    [InlineData("84EAAE65-2F2E-45F5-9BB5-0E857DC8EB47", "Takt", true)]
    [InlineData("84eaae65-2f2e-45f5-9bb5-0e857dc8eb47", "Pulsation", true)]
    [InlineData("9F8233AC-BE49-4C79-8EE3-E7E1985B2077", "Heartbeat", false)]
    public void KnowsTheServiceByItsIdAndNotByItsName(string id, string name, bool isHeartbeat)
    {
        var hyperV = new OneService(id, name);
        var goal = new HeartbeatGoal(hyperV, SilentReport.CurrentState(hyperV), CancellationToken.None);
        var machine = LinuxKitMachine.From(FakeObject.Of(("Name", MachineName.UnfinishedPrefix), ("State", "Running"), ("ComputerName", ".")))!;
        if (isHeartbeat)
        {
            Assert.True(goal.IsReached(machine));
        }
        else
        {
            Assert.Equal("VMHeartbeatDisabled", Assert.Throws<LinuxKitException>(() => goal.IsReached(machine)).ErrorId);
        }
    }

    private sealed class OneService(string id, string name) : IHyperV
    {
        public HyperVResult Invoke(HyperVCall call) => new(
            [FakeObject.Of(("Id", $@"Microsoft:11111111-2222-3333-4444-555555555555\{id}"), ("Name", name), ("Enabled", true), ("PrimaryOperationalStatus", "Ok"))],
            []);

        public HyperVResult? InvokeWithin(HyperVCall call, TimeSpan timeout) => Invoke(call);

        public IHyperV Undoing => this;

        public TimeSpan PropertyAge => TimeSpan.Zero;

        public bool HasParameter(string command, string parameter) => true;
    }
}
