using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes the names of virtual switches; where several have a name, their ids.</summary>
public sealed class SwitchNameCompleter : HyperVCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters) =>
        Call(HyperVCommand.GetVMSwitch, boundParameters)
            .GroupBy(found => found.Name(), StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => same.Count() == 1 ? [same.Key] : same.Select(found => found.Id().ToString()));
}
