using System.Linq;
using System.Net;
using LinuxKitHyperV.Networking;
using Xunit;

namespace LinuxKitHyperV.Tests.Networking;

public sealed class GuestAddressTests
{
    [Theory]
    [InlineData("udhcpc: lease of 10.0.2.15 obtained from 10.0.2.2, lease time 86400", "10.0.2.15")]
    [InlineData("dhcpcd[1]: eth0: leased 192.168.1.7 for 86400 seconds", "192.168.1.7")]
    [InlineData("    inet 172.20.3.4/20 brd 172.20.15.255 scope global eth0", "172.20.3.4")]
    [InlineData("    inet6 fd00::5054:ff:fe12:3456/64 scope global dynamic", "fd00::5054:ff:fe12:3456")]
    [InlineData("          inet addr:10.0.2.15  Bcast:10.0.2.255", "10.0.2.15")]
    [InlineData("    inet 127.0.0.1/8 scope host lo", null)]
    [InlineData("udhcpc: sending select for 10.0.2.15", null)]
    [InlineData("released 10.0.2.15", null)]
    [InlineData("inet 999.1.1.1", null)]
    public void IsReadFromAConsolesLine(string line, string? address) =>
        Assert.Equal(address is null ? [] : [address], GuestAddress.InLine(line).Select(found => found.Address.ToString()));

    [Fact]
    public void IsReadFromWhatIpPrints()
    {
        const string Output =
            """
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN qlen 1000\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
            2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast state UP qlen 1000\    link/ether 00:15:5d:01:02:03 brd ff:ff:ff:ff:ff:ff
            5: veth1@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP \    link/ether 52:54:00:aa:bb:cc brd ff:ff:ff:ff:ff:ff
            1: lo    inet 127.0.0.1/8 scope host lo\       valid_lft forever preferred_lft forever
            2: eth0    inet 10.0.2.15/24 brd 10.0.2.255 scope global eth0\       valid_lft forever preferred_lft forever
            2: eth0    inet6 fe80::215:5dff:fe01:203/64 scope link \       valid_lft forever preferred_lft forever
            5: veth1    inet 172.17.0.1/16 scope global veth1\       valid_lft forever preferred_lft forever
            """;
        Assert.Equal(
            [("10.0.2.15", "00155D010203"), ("fe80::215:5dff:fe01:203", "00155D010203"), ("172.17.0.1", "525400AABBCC")],
            GuestAddress.InOutput(Output).Select(found => (found.Address.ToString(), found.MacAddress)));
    }

    [Fact]
    public void PutsIPv4FirstAndLinkLocalLast()
    {
        string[] addresses = ["169.254.3.4", "fd00::1", "fe80::1", "10.0.0.1"];
        Assert.Equal(
            ["10.0.0.1", "fd00::1", "169.254.3.4", "fe80::1"],
            addresses.OrderBy(address => GuestAddress.Rank(IPAddress.Parse(address))));
    }

    [Theory]
    [InlineData("224.0.0.0")]
    [InlineData("224.0.0.251")]
    [InlineData("239.255.255.250")]
    [InlineData("255.255.255.255")]
    [InlineData("0.0.0.0")]
    [InlineData("ff02::1")]
    [InlineData("::1")]
    [InlineData("")]
    [InlineData("nonsense")]
    public void IsNoneByWhichAGuestCannotBeReached(string text) => Assert.Null(GuestAddress.Parse(text, null));

    [Theory]
    [InlineData("223.255.255.254")]
    [InlineData("fe80::1")]
    [InlineData("10.0.0.1")]
    public void IsAnyOther(string text) => Assert.Equal(text, GuestAddress.Parse(text, null)?.Address.ToString());
}
