using System.Linq;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Hardware addresses as users write them.</summary>
internal static class MacAddresses
{
    private const int Digits = 12;

    /// <summary>Gives an adapter an address of the user's own, or leaves it to the host; neither changes nothing.</summary>
    public static void Set(AdapterDefinition adapter, bool isDynamic, string? staticAddress)
    {
        if (isDynamic && staticAddress is not null)
        {
            throw new VirtualizationException(ErrorIdentifier.InvalidParameter, "The parameters DynamicMacAddress and StaticMacAddress cannot be used together.");
        }

        if (staticAddress is not null)
        {
            adapter.MacAddress = Parse(staticAddress);
            adapter.DynamicMacAddress = false;
        }
        else if (isDynamic && !adapter.DynamicMacAddress)
        {
            adapter.MacAddress = AdapterDefinition.NoMacAddress;
            adapter.DynamicMacAddress = true;
        }
    }

    /// <summary>12 hexadecimal digits, whatever stands between them.</summary>
    public static string Parse(string address)
    {
        var digits = string.Concat(address.Where(character => character is not ('-' or ':' or '.'))).ToUpperInvariant();
        return digits.Length == Digits && digits.All(char.IsAsciiHexDigit)
            ? digits
            : throw new VirtualizationException(ErrorIdentifier.InvalidParameter, $"'{address}' is not a valid MAC address.");
    }
}
