using System;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

public sealed class MetadataPlanTests
{
    [Fact]
    public void GivesTheOldMetadataBackWhereTheGuestDoesNotLetGoOfIt()
    {
        // Its answer to Get-VMDvdDrive never has the drive as an empty one.
        var hyperV = new FakeHyperV();
        var steps = MetadataPlan.Replace(Machine("/old.iso"), new MachineMetadata("/new.iso", null), TimeSpan.Zero);

        var failure = Assert.Throws<LinuxKitException>(() => PlanRunner.Run(steps, new PlanContext(hyperV, new Silence(), TestContext.Current.CancellationToken)));

        Assert.Equal(("MetadataEjectTimeout", FailureKind.OperationTimeout, "web"), (failure.ErrorId, failure.Kind, failure.Target));
        Assert.NotEmpty(failure.Remedy);
        Assert.Equal([HyperVCommand.SetVMDvdDrive, HyperVCommand.GetVMDvdDrive, "undo " + HyperVCommand.SetVMDvdDrive], hyperV.Log);
    }

    private static LinuxKitMachine Machine(string metadata)
    {
        var drive = new PSObject();
        drive.Properties.Add(new PSNoteProperty("Id", "drive"));
        drive.Properties.Add(new PSNoteProperty("Path", metadata));
        var machine = new PSObject();
        machine.Properties.Add(new PSNoteProperty("Name", "web"));
        machine.Properties.Add(new PSNoteProperty("Id", Guid.NewGuid()));
        machine.Properties.Add(new PSNoteProperty("DVDDrives", new object[] { drive }));
        machine.Properties.Add(new PSNoteProperty("Notes", new OwnershipMark { Image = "/web.iso", Metadata = metadata }.WriteTo(null)));
        return LinuxKitMachine.From(machine)!;
    }

    private sealed class Silence : SilentReport
    {
        public override void UndoFailed(Undo undo, Exception exception) => Assert.Fail(exception.Message);
    }
}
