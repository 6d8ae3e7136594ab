using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

public sealed class PlanRunnerTests
{
    private static readonly MachineSpec Spec = new()
    {
        Host = HyperVHost.Local,
        Name = "web",
        Boot = MachineBoot.FromDvd("/images/web.iso"),
        ImagePath = "/images/web-efi.iso",
        ConsolePipe = @"\\.\pipe\web-com1",
        Disks = [new MachineDisk("/disks/old.vhdx", null)],
    };

    public static TheoryData<int> CallIndexes => [.. Enumerable.Range(0, Steps(new FakeHyperV()).Count)];

    [Fact]
    public void GivesTheMachineItsNameAndMarkBeforeItStarts()
    {
        var hyperV = new FakeHyperV();
        Run(hyperV, new Report());

        var machine = Assert.Single(hyperV.Machines);
        Assert.Equal("web", machine.Name());
        Assert.Equal("Running", machine.State());
        Assert.Equal(Spec.MarkId, OwnershipMark.Read(machine.Text("Notes"))!.Id);
        Assert.Equal([HyperVCommand.SetVM, HyperVCommand.StartVM], hyperV.Log.TakeLast(2));
    }

    [Fact]
    public void IsPrintedAsAUserReadsIt() => Assert.Equal(
        """
          Make the disk '/disks/new.vhdx' (512 MB)
          Make a Generation 2 VM with 1 GB of memory
          Remove its network adapter
          Insert '/images/web.iso'
          Boot from it, with Secure Boot off
          Attach '/disks/old.vhdx'
          Attach '/disks/new.vhdx'
          Set COM 1 to '\\.\pipe\web-com1'
          Name it 'web', with 1 processor and no checkpoints
          Capture its console
          Start it
        """,
        MachinePlan.Create(Spec with { Disks = [.. Spec.Disks, new MachineDisk("/disks/new.vhdx", 512L << 20)] }, new FakeHyperV()).WithStart(new CaptureRequest(Guid.NewGuid())).ToString());

    [Theory]
    [InlineData(false, "  Remove it when its console is left or it stops")]
    [InlineData(true, "  Remove it when its console is left or it stops, and delete '/disks/new.vhdx'")]
    public void IsPrintedWithTheRemovalAtItsEnd(bool withData, string end)
    {
        var plan = MachinePlan.Create(Spec with { Disks = [.. Spec.Disks, new MachineDisk("/disks/new.vhdx", 512L << 20)] }, new FakeHyperV());
        Assert.EndsWith($"  Start it\n{end}", plan.WithStart(null).WithRemoval(withData).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CallIndexes))]
    public void LeavesNothingWhereACallFails(int index)
    {
        var hyperV = new FakeHyperV { FailAt = index };
        var exception = Assert.Throws<LinuxKitException>(() => Run(hyperV, new Report()));

        Assert.Contains("Hyper-V said no.", exception.Message, StringComparison.Ordinal);
        Assert.Empty(hyperV.Machines);
    }

    [Theory]
    [MemberData(nameof(CallIndexes))]
    public void LeavesNothingWhereACallIsStoppedThatDidItsWork(int index)
    {
        var hyperV = new FakeHyperV { StopAt = index };
        Assert.Throws<PipelineStoppedException>(() => Run(hyperV, new Report()));

        Assert.Empty(hyperV.Machines);
    }

    [Theory]
    [MemberData(nameof(CallIndexes))]
    public void LeavesNothingWhereItIsStoppedBetweenCalls(int index)
    {
        var hyperV = new FakeHyperV();
        using var stopping = new CancellationTokenSource();
        var report = new Report { Done = step => CancelAfter(step, index, stopping) };

        if (index == Steps(new FakeHyperV()).Count - 1)
        {
            Run(hyperV, report, stopping.Token);
            Assert.Single(hyperV.Machines);
        }
        else
        {
            Assert.Throws<PipelineStoppedException>(() => Run(hyperV, report, stopping.Token));
            Assert.Empty(hyperV.Machines);
        }
    }

    [Fact]
    public void RunsOnWindowsServer2016()
    {
        var hyperV = new FakeHyperV { IsServer2016 = true };
        Run(hyperV, new Report());
        Assert.Single(hyperV.Machines);
    }

    [Fact]
    public void ReportsTheFirstErrorAndTellsWhatItCouldNotTakeBack()
    {
        var hyperV = new FakeHyperV { FailAt = 3, FailUndo = true };
        var report = new Report();
        var exception = Assert.Throws<LinuxKitException>(() => Run(hyperV, report));

        Assert.Equal("BootDeviceFailed", exception.ErrorId);
        Assert.IsType<RemoveMachineUndo>(Assert.Single(report.Failed));
    }

    [Fact]
    public void TakesANamedDiskBack()
    {
        using var folder = new TemporaryFolder();
        PlanStep[] steps = [.. MakeDisk(folder["data.vhdx"]), .. Steps(new FakeHyperV())];

        Assert.Throws<LinuxKitException>(() => Run(steps, new FakeHyperV { FailAt = 1 }, new Report()));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void NeverDeletesAFileThatSomebodyElseMadeMeanwhile()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["data.vhdx"], "theirs");

        var exception = Assert.Throws<LinuxKitException>(() =>
            Run(MakeDisk(folder["data.vhdx"]), new FakeHyperV(), new Report()));
        Assert.Equal("DiskNotWritable", exception.ErrorId);
        Assert.Equal(["data.vhdx"], folder.Files);
        Assert.Equal("theirs", File.ReadAllText(folder["data.vhdx"]));
    }

    [Fact]
    public void NeverDeletesSomebodyElsesFileWhereItsOwnIsGone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["data.vhdx"], "theirs");
        var steps = MakeDisk(folder["data.vhdx"]).ToList();
        var report = new Report { Done = done => RemoveUnfinished(folder, done) };

        Assert.Throws<LinuxKitException>(() => Run(steps, new FakeHyperV(), report));
        Assert.Equal("theirs", File.ReadAllText(folder["data.vhdx"]));
    }

    [Fact]
    public void WhatHasReplacedAFileStays()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["disk.vhdx"], "old");
        File.WriteAllBytes(folder["image.img"], TestImage.EfiDisk());
        var report = new Report { Done = done => _ = done == 1 ? throw new PipelineStoppedException() : 0 };

        Assert.Throws<PipelineStoppedException>(() => Run(DiskPlan.Convert(folder["image.img"], folder["disk.vhdx"], replaces: true), new FakeHyperV(), report));
        Assert.Equal(["disk.vhdx", "image.img"], folder.Files.Order(StringComparer.Ordinal));
        Assert.NotEmpty(FileIdentity.OfDisk(folder["disk.vhdx"]));
        Assert.Empty(report.Failed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheOnlyCopyOfADiskStays(bool isOldThere)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["new.vhdx"], "new");
        if (isOldThere)
        {
            File.WriteAllText(folder["disk.vhdx"], "old");
        }

        var replaced = new StepOutput<string>("replaced");
        var context = new PlanContext(new FakeHyperV(), new Report(), TestContext.Current.CancellationToken);
        context.Set(replaced, folder["disk.vhdx"]);
        new DeleteFileUndo(folder["new.vhdx"]) { Replaced = replaced }.Run(context);
        Assert.Equal([isOldThere ? "disk.vhdx" : "new.vhdx"], folder.Files);
    }

    private static void RemoveUnfinished(TemporaryFolder folder, int done)
    {
        if (done == 0)
        {
            File.Delete(folder[folder.Files.Single(name => MachineName.IsUnfinished(name!))!]);
        }
    }

    private static IEnumerable<PlanStep> MakeDisk(string path) => DiskPlan.Make(HyperVHost.Local, path, 1L << 30);

    private static IReadOnlyList<PlanStep> Steps(IHyperV hyperV) => MachinePlan.Create(Spec, hyperV).WithStart(capture: null).Steps;

    private static void Run(FakeHyperV hyperV, Report report, CancellationToken? cancellation = null) =>
        Run(Steps(hyperV), hyperV, report, cancellation);

    private static void Run(IEnumerable<PlanStep> steps, FakeHyperV hyperV, Report report, CancellationToken? cancellation = null) =>
        PlanRunner.Run(steps, new PlanContext(hyperV, report, cancellation ?? TestContext.Current.CancellationToken));

    private static void CancelAfter(int done, int index, CancellationTokenSource stopping)
    {
        if (done == index)
        {
            stopping.Cancel();
        }
    }

    private sealed class Report : SilentReport
    {
        private int _done;

        public Action<int>? Done { get; init; }

        public List<Undo> Failed { get; } = [];

        public override void StepDone(PlanStep step, TimeSpan elapsed) => Done?.Invoke(_done++);

        public override void UndoFailed(Undo undo, Exception exception) => Failed.Add(undo);
    }
}
