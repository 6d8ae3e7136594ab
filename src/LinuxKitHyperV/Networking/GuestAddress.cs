using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace LinuxKitHyperV.Networking;

/// <summary>An address that a source gave, with the MAC address of its adapter where the source knows that.</summary>
/// <param name="Address">The address.</param>
/// <param name="MacAddress">Twelve digits, or null.</param>
internal sealed record GuestAddress(IPAddress Address, string? MacAddress)
{
    /// <summary>What a guest's shell is asked: its interfaces with their MAC addresses, and their addresses.</summary>
    public const string Command = "ip -o link; ip -o address";

    // 169.254.0.0/16 (RFC 3927).
    private static readonly byte[] LinkLocal = [169, 254];

    // "udhcpc: lease of 10.0.2.15 obtained from 10.0.2.2", "eth0: leased 192.168.1.7 for 86400 seconds", "inet 10.0.2.15/24".
    private static readonly Regex Said = new(@"\b(?:lease of\s+|leased\s+|inet6?\s+(?:addr:\s*)?)(?<address>[0-9a-fA-F:.]*[.:][0-9a-fA-F:.]+)\b", RegexOptions.CultureInvariant);

    private static readonly Regex Link = new(@"^\d+: (?<name>[^:@\s]+)[:@].*link/ether (?<mac>[0-9a-f:]{17})", RegexOptions.CultureInvariant);

    private static readonly Regex Inet = new(@"^\d+: (?<name>[^:@\s]+)\s+inet6? (?<address>[0-9a-fA-F:.]+)", RegexOptions.CultureInvariant);

    /// <summary>Reads an address; null for other text, and for addresses that reach no guest.</summary>
    public static GuestAddress? Parse(string? text, string? macAddress) =>
        IPAddress.TryParse(text, out var address) && IsGuests(address) ? new GuestAddress(address, macAddress) : null;

    /// <summary>The addresses in a line of a console.</summary>
    public static IEnumerable<GuestAddress> InLine(string line) =>
        Said.Matches(line).Cast<Match>().Select(match => Parse(match.Groups["address"].Value, null)).OfType<GuestAddress>();

    /// <summary>The addresses in what <see cref="Command"/> printed, of interfaces that have a MAC address.</summary>
    public static IEnumerable<GuestAddress> InOutput(string output)
    {
        var lines = output.Split('\n');
        var links = new Dictionary<string, string>();
        foreach (var link in lines.Select(line => Link.Match(line)).Where(link => link.Success))
        {
            links[link.Groups["name"].Value] = link.Groups["mac"].Value.Replace(":", string.Empty).ToUpperInvariant();
        }

        return lines
            .Select(line => Inet.Match(line))
            .Where(inet => inet.Success && links.ContainsKey(inet.Groups["name"].Value))
            .Select(inet => Parse(inet.Groups["address"].Value, links[inet.Groups["name"].Value]))
            .OfType<GuestAddress>();
    }

    /// <summary>IPv4 before IPv6, and what is good only on its own link last.</summary>
    public static int Rank(IPAddress address) => (IsLinkLocal(address) ? 2 : 0) + (address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1);

    /// <summary>Whether an address is good only on its own link.</summary>
    public static bool IsLinkLocal(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? address.GetAddressBytes().Take(LinkLocal.Length).SequenceEqual(LinkLocal) : address.IsIPv6LinkLocal;

    private static bool IsGuests(IPAddress address) =>
        !IPAddress.IsLoopback(address) &&
        !address.Equals(IPAddress.Any) &&
        !address.Equals(IPAddress.IPv6Any) &&
        !address.Equals(IPAddress.Broadcast) &&
        !address.IsIPv6Multicast &&
        !(address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] is >= 224 and < 240);
}
