using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>The VMs that a user asked for.</summary>
/// <param name="Hosts">Where to look for names and ids.</param>
/// <param name="Names">Names and patterns.</param>
/// <param name="Ids">Ids.</param>
/// <param name="Objects">VM objects, which know their own hosts.</param>
internal sealed record MachineSelection(
    IReadOnlyList<HyperVHost> Hosts,
    IReadOnlyList<string> Names,
    IReadOnlyList<Guid> Ids,
    IReadOnlyList<PSObject> Objects)
{
    /// <summary>One look-up for each thing asked for, so that one that fails does not keep the others from being found.</summary>
    public IReadOnlyList<Func<IReadOnlyList<LinuxKitMachine>>> LookUps(MachineFinder finder)
    {
        var lookUps = new List<Func<IReadOnlyList<LinuxKitMachine>>>();
        lookUps.AddRange(Objects.Select<PSObject, Func<IReadOnlyList<LinuxKitMachine>>>(machine => () => [finder.Again(machine)]));
        foreach (var host in Hosts)
        {
            lookUps.AddRange(Ids.Select<Guid, Func<IReadOnlyList<LinuxKitMachine>>>(id => () => [finder.OursById(host, id)]));
            lookUps.AddRange(Names.Select<string, Func<IReadOnlyList<LinuxKitMachine>>>(name => () => finder.Ours(host, name)));
        }

        return lookUps;
    }
}
