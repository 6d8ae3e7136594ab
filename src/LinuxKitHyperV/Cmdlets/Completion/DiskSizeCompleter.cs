using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes the size of a disk: the unit behind a number, or sizes that are usual.</summary>
public sealed class DiskSizeCompleter : ValueCompleter
{
    private static readonly string[] Units = ["GB", "MB", "TB"];
    private static readonly string[] Usual = ["1GB", "4GB", "10GB", "50GB", "100GB"];

    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters)
    {
        var number = word.TrimEnd('G', 'g', 'M', 'm', 'T', 't', 'B', 'b');
        return number.Length == 0 ? Usual : Units.Select(unit => number + unit);
    }
}
