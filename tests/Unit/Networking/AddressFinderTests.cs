using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Networking;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Networking;

/// <summary>Which sources are asked for a guest's addresses, in which order, and when no further one is.</summary>
public sealed class AddressFinderTests : IHyperV
{
    private const string First = "00155D000001";
    private const string Second = "00155D000002";

    private readonly List<PSObject> _adapters = [];
    private readonly List<PSObject> _neighbors = [];
    private readonly List<string> _asked = [];

    [Fact]
    public void AsksNobodyElseWhereHyperVKnows()
    {
        Adapter(First, "Default", SwitchChooser.DefaultSwitchId, "fe80::1", "10.0.0.1", "fd00::1");
        Assert.Equal(["10.0.0.1 HyperV", "fd00::1 HyperV", "fe80::1 HyperV"], Find());
        Assert.Equal(["Hyper-V\\Get-VMNetworkAdapter"], _asked);
    }

    [Fact]
    public void GoesOnWhereHyperVKnowsOnlyTheLink()
    {
        Adapter(First, "Lab", Guid.NewGuid(), "169.254.1.2");
        Neighbor(First, "10.0.0.5", "Reachable");
        Assert.Equal(["10.0.0.5 Neighbor", "169.254.1.2 HyperV"], Find());
    }

    [Fact]
    public void LooksForEachAdapter()
    {
        Adapter(First, "Lab", Guid.NewGuid(), "10.0.0.1");
        Adapter(Second, "LAN", Guid.NewGuid());
        Neighbor(Second, "192.168.1.9", "Stale");
        Assert.Equal(["10.0.0.1 HyperV", "192.168.1.9 Neighbor"], Find());

        var address = new AddressFinder(this, null, CancellationToken.None).Find(Machine()).Last();
        Assert.Equal((Second, "LAN"), (address.MacAddress, address.SwitchName));
    }

    [Fact]
    public void TakesNoNeighborThatIsGone()
    {
        Adapter(First, "Lab", Guid.NewGuid());
        Neighbor(First, "10.0.0.5", "Unreachable");
        Assert.Empty(Find());
    }

    [Fact]
    public void GivesTheNeighborThatHasAnsweredFirst()
    {
        Adapter(First, "Lab", Guid.NewGuid());
        Neighbor(First, "10.0.0.7", "Permanent");
        Neighbor(First, "10.0.0.6", "Stale");
        Neighbor(First, "10.0.0.5", "Reachable");
        Assert.Equal(["10.0.0.5 Neighbor", "10.0.0.6 Neighbor", "10.0.0.7 Neighbor"], Find());
    }

    [Theory]
    [InlineData("Permanent", "Stale", "172.20.0.6")]
    [InlineData("Stale", "Reachable", "172.20.0.6")]
    [InlineData("Reachable", "Probe", "172.20.0.5")]
    [InlineData("Permanent", "Permanent", "172.20.0.5 172.20.0.6")]
    public void TakesNoEarlierLeaseOfTheDefaultSwitch(string first, string second, string expected)
    {
        Adapter(First, "Default", SwitchChooser.DefaultSwitchId);
        Adapter(Second, "Default", SwitchChooser.DefaultSwitchId);
        Neighbor(First, "172.20.0.5", first);
        Neighbor(First, "172.20.0.6", second);
        Neighbor(First, "fd00::5", "Permanent");
        Neighbor(Second, "172.20.0.9", "Permanent");
        Assert.Equal(
            [.. expected.Split(' '), "172.20.0.9", "fd00::5"],
            new AddressFinder(this, null, CancellationToken.None).Find(Machine()).Select(address => $"{address}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AsksTheNameServerOfTheDefaultSwitch()
    {
        Adapter(First, "Default", SwitchChooser.DefaultSwitchId);
        Assert.Equal(["172.20.0.7 HostName"], Find(name => Task.FromResult<IPAddress[]>([IPAddress.Parse(name == "web.mshome.net" ? "172.20.0.7" : "127.0.0.1")])));
    }

    [Fact]
    public void AsksNoNameServerOfAnotherHost()
    {
        Adapter(First, "Default", SwitchChooser.DefaultSwitchId);
        var finder = new AddressFinder(this, null, CancellationToken.None) { LookUp = _ => throw new InvalidOperationException("It is another host's.") };
        Assert.Empty(finder.Find(Machine("hv02")));
    }

    [Fact]
    public void KnowsWhatLinuxKitCallsAGuestWithoutAHostName()
    {
        Adapter(First, "Default", SwitchChooser.DefaultSwitchId);
        Adapter(Second, "Default", SwitchChooser.DefaultSwitchId);
        Assert.Equal(["172.20.0.8 HostName"], Find(name => Task.FromResult<IPAddress[]>([IPAddress.Parse(name == "linuxkit-00155d000002.mshome.net" ? "172.20.0.8" : "127.0.0.1")])));
    }

    [Fact]
    public void GoesOnWhereTheNameServerKnowsNothing()
    {
        Adapter(First, "Default", SwitchChooser.DefaultSwitchId);
        Assert.Equal(
            ["10.0.2.15 ConsoleCommand"],
            Find(_ => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)),
                "2: eth0: <UP>\\    link/ether 00:15:5d:00:00:01 brd ff\n2: eth0    inet 10.0.2.15/24 scope global"));
    }

    [Fact]
    public void DoesNotWaitForANameServerThatIsSilent()
    {
        Adapter(First, "Default", SwitchChooser.DefaultSwitchId);
        Assert.Empty(Find(_ => new TaskCompletionSource<IPAddress[]>().Task));
    }

    [Fact]
    public void StopsAtOnce()
    {
        Adapter(First, "Default", SwitchChooser.DefaultSwitchId);
        var finder = new AddressFinder(this, null, new CancellationToken(canceled: true)) { LookUp = _ => new TaskCompletionSource<IPAddress[]>().Task };
        Assert.Throws<PipelineStoppedException>(() => finder.Find(Machine()));
    }

    [Fact]
    public void LeavesOutTheGuestsOwnNetworks()
    {
        Adapter(First, "Lab", Guid.NewGuid());
        Assert.Empty(Find(answer: "5: docker0: <UP>\\    link/ether 52:54:00:aa:bb:cc brd ff\n5: docker0    inet 172.17.0.1/16 scope global"));
    }

    [Fact]
    public void HasNothingToLookForWithoutAnAdapter() => Assert.Equal("VMHasNoNetwork", Assert.Throws<LinuxKitException>(() => Find()).ErrorId);

    HyperVResult IHyperV.Invoke(HyperVCall call)
    {
        HyperVContract.Check(call);
        _asked.Add(call.Command);
        return new HyperVResult(call.Command == HyperVCommand.GetNetNeighbor ? _neighbors : _adapters, []);
    }

    HyperVResult? IHyperV.InvokeWithin(HyperVCall call, TimeSpan timeout) => ((IHyperV)this).Invoke(call);

    IHyperV IHyperV.Undoing => this;

    TimeSpan IHyperV.PropertyAge => TimeSpan.Zero;

    bool IHyperV.HasParameter(string command, string parameter) => true;

    private IEnumerable<string> Find(Func<string, Task<IPAddress[]>>? lookUp = null, string? answer = null)
    {
        var finder = new AddressFinder(this, answer is null ? null : new Answer(answer), CancellationToken.None)
        {
            LookUp = lookUp ?? (_ => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))),
        };
        return finder.Find(Machine()).Select(address => $"{address} {address.Source}");
    }

    private static LinuxKitMachine Machine(string host = ".") =>
        LinuxKitMachine.From(FakeObject.Of(("Name", "web"), ("Id", Guid.NewGuid()), ("ComputerName", host), ("Notes", new OwnershipMark().ToString())))!;

    private void Adapter(string macAddress, string switchName, Guid switchId, params string[] addresses) =>
        _adapters.Add(FakeObject.Of(("MacAddress", macAddress), ("SwitchName", switchName), ("SwitchId", switchId), ("IPAddresses", addresses)));

    private void Neighbor(string macAddress, string address, string state) =>
        _neighbors.Add(FakeObject.Of(("LinkLayerAddress", string.Join('-', macAddress.Chunk(2).Select(pair => new string(pair)))), ("IPAddress", address), ("State", state)));

    private sealed class Answer(string text) : IGuestQuestion
    {
        public string Ask(LinuxKitMachine machine) => text;
    }
}
