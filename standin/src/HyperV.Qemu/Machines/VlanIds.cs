using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Numbers of VLANs, as users write them.</summary>
internal static class VlanIds
{
    private const int Most = 4094;

    /// <summary>Reads a list such as <c>1-100,200</c>.</summary>
    public static List<int> Parse(string list) => [.. list.Split(',').SelectMany(Range).Distinct().Order()];

    /// <summary>A number that a VLAN can have.</summary>
    public static int Checked(int id, int least) => id >= least && id <= Most
        ? id
        : throw new VirtualizationException(ErrorIdentifier.InvalidParameter, $"The VLAN id {id} is out of range, from {least} to {Most}.");

    private static IEnumerable<int> Range(string part)
    {
        var ends = part.Split('-').Select(Number).ToList();
        return ends is [var first, .., var last] && last >= first ? Enumerable.Range(first, last - first + 1) : ends;
    }

    private static int Number(string text) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? Checked(id, least: 1)
        : throw new VirtualizationException(ErrorIdentifier.InvalidParameter, $"'{text}' is not the number of a VLAN.");
}
