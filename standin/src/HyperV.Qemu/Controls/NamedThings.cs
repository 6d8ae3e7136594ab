using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.Hosts;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Controls;

/// <summary>What a call names, by the letters that stand for it in the contract's texts.</summary>
internal static class NamedThings
{
    private const string Machine = "X";
    private const string Path = "P";
    private const string Switch = "S";
    private const string Host = "H";

    /// <summary>Reads a call's arguments; what they do not name is left out, but for the host, which is this computer then.</summary>
    /// <param name="noun">The cmdlet's noun: a Name is that of what the noun says.</param>
    /// <param name="arguments">The bound parameters.</param>
    public static IReadOnlyDictionary<string, string> Of(string noun, IReadOnlyDictionary<string, object> arguments)
    {
        var given = arguments.Values.SelectMany(Objects).ToList();
        var found = new Dictionary<string, string?>
        {
            [Machine] = given.Select(part => part.OwningMachine?.Name).FirstOrDefault(name => name is not null) ?? First("VMName") ?? (noun == "VM" ? First("Name") : null),
            [Path] = First("Path"),
            [Switch] = given.OfType<VMSwitch>().FirstOrDefault()?.Name ?? First("SwitchName") ?? (noun == "VMSwitch" ? First("Name") : null),
            [Host] = given.FirstOrDefault()?.Host.Name ?? First("ComputerName") ?? VirtualizationHost.Named(".").Name,
        };
        return found.Where(name => !string.IsNullOrEmpty(name.Value)).ToDictionary(name => name.Key, name => name.Value!);

        string? First(string parameter) => arguments.GetValueOrDefault(parameter) switch
        {
            string name => name,
            string[] names => names.FirstOrDefault(),
            _ => null,
        };
    }

    private static IEnumerable<VirtualizationObject> Objects(object argument) => argument switch
    {
        VirtualizationObject one => [one],
        VirtualizationObject[] several => several,
        _ => [],
    };
}
