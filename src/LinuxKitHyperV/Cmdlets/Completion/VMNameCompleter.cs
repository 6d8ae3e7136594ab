using System.Collections;
using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes the names of the VMs that this module made.</summary>
public sealed class VMNameCompleter : HyperVCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters) =>
        Call(HyperVCommand.GetVM, boundParameters).Where(machine => LinuxKitMachine.From(machine) is not null).Select(machine => machine.Name());
}
