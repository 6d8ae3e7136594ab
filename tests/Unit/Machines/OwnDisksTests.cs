using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net.Sockets;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

/// <summary>Which disks may be deleted with a VM, by what Hyper-V says of it, of the others and of the files.</summary>
public sealed class OwnDisksTests : IDisposable
{
    private const string Made = "11111111-2222-3333-4444-00000000000a";
    private const string Other = "11111111-2222-3333-4444-00000000000b";

    private readonly TemporaryFolder _folder = new();
    private readonly string _boot;
    private readonly string _data;
    private readonly List<PSObject> _others = [];
    private readonly List<string> _warnings = [];
    private bool _knowsTheOthers = true;
    private string _state = "Off";

    public OwnDisksTests()
    {
        _boot = _folder["web-boot.vhdx"];
        _data = _folder["web-disk.vhdx"];
        foreach (var disk in new[] { _boot, _data })
        {
            TestDisk.Write(disk, Made);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatWasMadeForItMayBeDeleted()
    {
        Assert.Equal([_boot, _data], Own(withData: true));
        Assert.Equal([_boot], Own(withData: false));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void AnotherDiskOfTheSameNameStays()
    {
        TestDisk.Write(_data, Other);
        Assert.Equal([_boot], Own(withData: true));
        Assert.Equal([$"The disk '{_data}' of the VM 'web' stays: it is not the one that was made for it."], _warnings);
    }

    [Fact]
    public void ABootDiskThatIsAnotherStaysToo()
    {
        TestDisk.Write(_boot, Other);
        Assert.Equal([_data], Own(withData: true));
        Assert.Equal([$"The disk '{_boot}' of the VM 'web' stays: it is not the one that was made for it."], _warnings);
    }

    [Fact]
    public void WhatIsNoDiskStays()
    {
        File.WriteAllText(_data, "text");
        Assert.Equal([_boot], Own(withData: true));
        Assert.EndsWith("it is not the one that was made for it.", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ADiskThatCannotBeReadStays()
    {
        File.Delete(_data);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_data));
        Assert.Equal([_boot], Own(withData: true));
        Assert.Contains("it cannot be read, and so is not known", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ADiskThatIsHeldIsLookedAtBeforeItIsDeleted()
    {
        using var holder = new FileStream(_data, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal([_boot, _data], Own(withData: true));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void TheDisksOfAVMThatIsOnAreLookedAtOnceItIsOff()
    {
        using var holder = new FileStream(_data, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        _state = "Running";
        Assert.Equal([_boot, _data], Own(withData: true));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void ADiskThatAnotherVMHasStays()
    {
        _others.Add(Machine("db", string.Empty, _data));
        Assert.Equal([_boot], Own(withData: true));
        Assert.Equal([$"The disk '{_data}' of the VM 'web' stays: the VM 'db' has it too."], _warnings);
    }

    [Fact]
    public void ADiskThatAnotherVMHasByALinkStaysToo()
    {
        File.CreateSymbolicLink(_folder["link.vhdx"], _data);
        _others.Add(Machine("db", string.Empty, _folder["link.vhdx"]));
        Assert.Equal([_boot], Own(withData: true));
        Assert.Equal([$"The disk '{_data}' of the VM 'web' stays: the VM 'db' has it too."], _warnings);
    }

    [Fact]
    public void WithoutTheListOfOtherVMsAllStay()
    {
        _knowsTheOthers = false;
        Assert.Empty(Own(withData: true));
        Assert.All(_warnings, warning => Assert.EndsWith("Hyper-V did not list its VMs, and another one may have it. No.", warning, StringComparison.Ordinal));
        Assert.Equal(2, _warnings.Count);
    }

    [Fact]
    public void ADiskThatIsNotAttachedStaysAndIsNotLookedAt()
    {
        Assert.Empty(Own(withData: true, attached: []));
        Assert.All(_warnings, warning => Assert.Contains("it is not attached to it any more.", warning, StringComparison.Ordinal));
    }

    [Fact]
    public void NothingIsSaidOfADiskThatIsGone()
    {
        File.Delete(_data);
        Assert.Equal([_boot], Own(withData: true));
        Assert.Empty(_warnings);
    }

    private IReadOnlyList<string> Own(bool withData, string[]? attached = null)
    {
        var mark = new OwnershipMark
        {
            Id = Guid.NewGuid(),
            Image = "web.iso",
            BootDisk = _boot,
            Disks = [_data],
            Made = ["disk:" + Made.ToUpperInvariant()],
        };
        var machine = Machine("web", mark.ToString(), attached ?? [_boot, _data]);
        return OwnDisks.Of(LinuxKitMachine.From(machine)!, withData, new DiskUsers(new Answers(call => Answer(call, machine))), _warnings.Add);
    }

    private HyperVResult Answer(HyperVCall call, PSObject machine) => call.Command switch
    {
        HyperVCommand.GetVM when _knowsTheOthers => new([machine, .. _others], []),
        HyperVCommand.GetVM => new([], [new ErrorRecord(new InvalidOperationException("No."), "OperationFailed", ErrorCategory.NotSpecified, null)]),
        _ => throw new InvalidOperationException(call.Command),
    };

    private PSObject Machine(string name, string notes, params string[] disks) => FakeObject.Of(
        ("Name", name),
        ("Id", Guid.NewGuid()),
        ("Notes", notes),
        ("State", _state),
        ("HardDrives", disks.Select(disk => FakeObject.Of(("Path", disk))).ToArray()));

    private sealed class Answers(Func<HyperVCall, HyperVResult> answer) : IHyperV
    {
        public IHyperV Undoing => this;

        public HyperVResult Invoke(HyperVCall call) => answer(call);

        public HyperVResult? InvokeWithin(HyperVCall call, TimeSpan timeout) => answer(call);

        public TimeSpan PropertyAge => TimeSpan.Zero;

        public bool HasParameter(string command, string parameter) => true;
    }
}
