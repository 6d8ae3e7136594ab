using System.Collections;
using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes the names of virtual switches.</summary>
public sealed class SwitchNameCompleter : HyperVCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters) =>
        Call(HyperVCommand.GetVMSwitch, boundParameters).Select(found => found.Name());
}
