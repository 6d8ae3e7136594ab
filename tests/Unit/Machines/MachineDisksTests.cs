using System;
using System.IO;
using System.Linq;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.Requests;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

public sealed class MachineDisksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NamesNewDisksAfterTheMachine()
    {
        var disks = Settle("web", "size=1", "file=own.vhdx,size=2", "3GB");

        Assert.Equal(["web-disk.vhdx", "own.vhdx", "web-disk2.vhdx"], disks.Select(disk => Path.GetFileName(disk.Path)));
        Assert.Equal([1L << 30, 2L << 30, 3L << 30], disks.Select(disk => disk.NewSizeBytes ?? 0));
    }

    [Fact]
    public void UsesAFileThatIsThereAsItIs()
    {
        File.WriteAllText(_folder["web-disk.vhdx"], string.Empty);

        Assert.Null(Settle("web", "size=1").Single().NewSizeBytes);
    }

    [Fact]
    public void KeepsAMachinesNameFromBecomingAFolder()
    {
        Assert.Equal("a-b-disk.vhdx", Path.GetFileName(Settle("a/b", "size=1").Single().Path));
    }

    [Theory]
    [InlineData("DiskNotFound", "missing.vhdx")]
    [InlineData("DiskFormatNotSupported", "file=data.qcow2,size=1")]
    [InlineData("DiskFormatNotSupported", "file=data.VHD,size=1")]
    [InlineData("DiskFolderNotFound", "file=nowhere/data.vhdx,size=1")]
    [InlineData("DiskGivenTwice", "file=a.vhdx,size=1", "file=a.vhdx,size=1")]
    public void Refuses(string errorId, params string[] disks)
    {
        Assert.Equal(errorId, Assert.Throws<LinuxKitException>(() => Settle("web", disks)).ErrorId);
    }

    [Theory]
    [InlineData("'{0}a.img' and '{0}a.qcow2' would both be '{0}web-a.vhdx'.", "a.img", "a.qcow2")]
    [InlineData("'{0}a.img' and '{0}web-a.vhdx' would both be '{0}web-a.vhdx'.", "a.img", "file=web-a.vhdx,size=1")]
    [InlineData("The disk '{0}a.img' is given more than once.", "a.img", "a.img")]
    [InlineData("The disk '{0}a.vhdx' is given more than once.", "file=a.vhdx,size=1", "file=a.vhdx,size=1")]
    public void TellsWhatIsGivenTwiceAsTheUserNamedIt(string message, params string[] disks)
    {
        File.WriteAllText(_folder["a.img"], string.Empty);
        File.WriteAllText(_folder["a.qcow2"], string.Empty);
        var error = Assert.Throws<LinuxKitException>(() => Settle("web", disks));
        Assert.Equal("DiskGivenTwice", error.ErrorId);
        Assert.StartsWith(string.Format(null, message, _folder[string.Empty] + Path.DirectorySeparatorChar), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TellsWhatToDoWithAVhdForGeneration2()
    {
        File.WriteAllText(_folder["old.vhd"], string.Empty);
        Assert.Contains("ConvertTo-LinuxKitDisk", Assert.Throws<LinuxKitException>(() => Settle("web", "old.vhd")).Remedy, StringComparison.Ordinal);
        Assert.Contains(".vhdx", Assert.Throws<LinuxKitException>(() => Settle("web", "file=new.vhd,size=1")).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void GivesAVhdToGeneration1() => Assert.Equal(
        @"E:\far\data.vhd",
        MachineDisks.Settle([new DiskSpec(@"E:\far\data.vhd", null)], "web", MachineFolder.Current(path => path), isLocal: false, new MachineBoot(1, "web.iso", false)).Single().Path);

    [Fact]
    public void LeavesARemoteHostsFilesToTheHost()
    {
        var disks = MachineDisks.Settle([new DiskSpec(@"E:\far\data.vhdx", null)], "web", MachineFolder.Current(path => path), isLocal: false, MachineBoot.FromDvd("web.iso"));
        Assert.Equal(new MachineDisk(@"E:\far\data.vhdx", null), disks.Single());
    }

    private MachineDisk[] Settle(string name, params string[] disks) =>
        [.. MachineDisks.Settle([.. disks.Select(DiskSyntax.Parse)], name, MachineFolder.Current(path => _folder[path]), isLocal: true, MachineBoot.FromDvd("web.iso"))];
}
