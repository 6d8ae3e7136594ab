using System.Collections;
using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes the ids of the VMs that this module made; a list of them shows their names.</summary>
public sealed class VMIdCompleter : HyperVCompleter
{
    private readonly Dictionary<string, string> _names = [];

    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters)
    {
        foreach (var machine in Call(HyperVCommand.GetVM, boundParameters).Where(machine => LinuxKitMachine.From(machine) is not null))
        {
            _names[machine.Id().ToString()] = machine.Name();
        }

        return _names.Keys;
    }

    /// <inheritdoc/>
    private protected override string ListItem(string value) => _names[value];
}
