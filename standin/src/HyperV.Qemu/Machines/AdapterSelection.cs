using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Finds network adapters.</summary>
internal static class AdapterSelection
{
    /// <summary>A machine's adapters by name, with wildcards.</summary>
    /// <exception cref="VirtualizationException">There is none.</exception>
    public static List<VMNetworkAdapter> ByName(VirtualMachine machine, IEnumerable<string> names)
    {
        var patterns = names.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        var found = machine.NetworkAdapters.FindAll(adapter => patterns.Exists(pattern => pattern.IsMatch(adapter.Name)));
        return found.Count > 0 ? found : throw Errors.AdapterNotFound();
    }

    /// <summary>An adapter as its machine keeps it.</summary>
    /// <exception cref="VirtualizationException">It is gone.</exception>
    public static AdapterDefinition Find(MachineDefinition machine, VMNetworkAdapter adapter)
        => machine.Adapters.Find(candidate => candidate.Id == adapter.Definition.Id) ?? throw Errors.AdapterNotFound();
}
