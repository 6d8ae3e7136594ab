using System.Linq;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Hardware addresses as users write them.</summary>
internal static class MacAddresses
{
    private const int Digits = 12;

    /// <summary>Gives an adapter an address of the user's own.</summary>
    public static void SetStatic(AdapterDefinition adapter, string address)
    {
        adapter.MacAddress = Parse(address);
        adapter.DynamicMacAddress = false;
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
