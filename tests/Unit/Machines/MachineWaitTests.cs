using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using LinuxKitHyperV.Waiting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

public sealed class MachineWaitTests : IHyperV, IWaitReport
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly PSObject _machine = FakeObject.Of(
        ("Name", "web"), ("Id", Guid.NewGuid()), ("State", "Off"), ("Notes", new OwnershipMark { Image = "web.iso" }.ToString()));

    private readonly List<string> _told = [];

    [Fact]
    public void AVMThatGetsThereWhileHyperVTakesAllTheTimeIsReady()
    {
        // It is looked at once more when the time is over: the first answer was older than that.
        new MachineWait(this, new StateGoal(["Running"]), this).Run([LinuxKitMachine.From(_machine)!], Timeout, TestContext.Current.CancellationToken);
        Assert.Equal(["ready"], _told);
    }

    HyperVResult IHyperV.Invoke(HyperVCall call)
    {
        var state = _machine.State();
        if (state == "Off")
        {
            Thread.Sleep(Timeout + TimeSpan.FromMilliseconds(200));
            _machine.Properties["State"].Value = "Running";
        }

        return new HyperVResult([FakeObject.Of(("Name", "web"), ("Id", _machine.Id()), ("State", state), ("Notes", _machine.Text("Notes")))], []);
    }

    HyperVResult? IHyperV.InvokeWithin(HyperVCall call, TimeSpan timeout) => throw new NotSupportedException();

    IHyperV IHyperV.Undoing => throw new NotSupportedException();

    TimeSpan IHyperV.PropertyAge => TimeSpan.Zero;

    bool IHyperV.HasParameter(string command, string parameter) => throw new NotSupportedException();

    void IWaitReport.Waiting(MachineGoal goal, IReadOnlyList<LinuxKitMachine> machines, TimeSpan left) => Assert.Equal(TimeSpan.Zero, left);

    void IWaitReport.Ready(LinuxKitMachine machine) => _told.Add("ready");

    void IWaitReport.Failed(LinuxKitException failure) => _told.Add(failure.ErrorId);
}
