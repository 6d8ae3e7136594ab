using System;
using System.Collections.Generic;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

/// <summary>How a VM goes whose console is left, by what Hyper-V says of it.</summary>
public sealed class RemovalOnExitTests
{
    [Fact]
    public void AGuestThatHasShutItselfDownIsNotAskedTo()
    {
        var id = Guid.NewGuid();
        var hyperV = new Answers(Machine(id, "Off"));
        MachineRemoval.OnExit(LinuxKitMachine.From(Machine(id, "Running"))!, withData: false, new PlanContext(hyperV, new SilentReport(), TestContext.Current.CancellationToken));
        Assert.Equal([HyperVCommand.GetVM, HyperVCommand.RemoveVM], hyperV.Calls);
    }

    private static PSObject Machine(Guid id, string state) => FakeObject.Of(
        ("Name", "web"),
        ("Id", id),
        ("Notes", new OwnershipMark { Id = Guid.NewGuid(), Image = "web.iso" }.ToString()),
        ("State", state));

    private sealed class Answers(PSObject machine) : IHyperV
    {
        public List<string> Calls { get; } = [];

        public IHyperV Undoing => this;

        public TimeSpan PropertyAge => TimeSpan.FromSeconds(5);

        public HyperVResult Invoke(HyperVCall call)
        {
            Calls.Add(call.Command);
            return new HyperVResult(call.Command == HyperVCommand.GetVM ? [machine] : [], []);
        }

        public HyperVResult? InvokeWithin(HyperVCall call, TimeSpan timeout) => Invoke(call);

        public bool HasParameter(string command, string parameter) => true;
    }
}
