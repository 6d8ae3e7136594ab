using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Networking;

/// <summary>A MAC address as users write it, and as Hyper-V does.</summary>
internal static class MacAddress
{
    private const int Digits = 12;

    /// <summary>"00155D010203" for "00:15:5d:01:02:03", "00-15-5D-01-02-03" and "0015.5d01.0203".</summary>
    /// <exception cref="LinuxKitException">MacAddressInvalid.</exception>
    public static string Parse(string text)
    {
        var digits = new string([.. text.Where(character => character is not (':' or '-' or '.'))]).ToUpperInvariant();
        if (digits.Length != Digits || !ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value == 0)
        {
            throw Invalid(text, "is no MAC address");
        }

        // The lowest bit of the first byte.
        const ulong Group = 1UL << 40;
        return (value & Group) == 0 ? digits : throw Invalid(text, "is the MAC address of a group, and no adapter's");
    }

    /// <summary>Refuses addresses that VMs of a host have: Hyper-V does not, and both VMs would be unreachable.</summary>
    /// <exception cref="LinuxKitException">NetworkQueryFailed, MacAddressInUse.</exception>
    public static void RequireFree(IHyperV hyperV, HyperVHost host, IReadOnlyList<string> addresses)
    {
        if (addresses.Count == 0)
        {
            return;
        }

        var all = host.Call(HyperVCommand.GetVMNetworkAdapter);
        all.Add("VMName", "*");
        var adapters = hyperV.Invoke(all).OutputOr(new CallFailure(
            "NetworkQueryFailed",
            "Hyper-V did not list its network adapters.",
            null,
            "Leave -MacAddress out."));
        if (adapters.FirstOrDefault(adapter => addresses.Contains(adapter.MacAddress())) is { } taken)
        {
            throw new LinuxKitException(
                "MacAddressInUse",
                FailureKind.ResourceExists,
                $"The VM '{taken.Text("VMName")}' has the MAC address {taken.MacAddress()} already.",
                taken.MacAddress(),
                "Choose another address, or leave -MacAddress out to have Hyper-V choose.");
        }
    }

    private static LinuxKitException Invalid(string text, string why) => new(
        "MacAddressInvalid",
        FailureKind.InvalidArgument,
        $"'{text}' {why}.",
        text,
        "Give twelve hexadecimal digits, as in 00-15-5D-01-02-03.");
}
