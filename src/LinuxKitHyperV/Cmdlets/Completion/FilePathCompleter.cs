using System.Collections;
using System.Collections.Generic;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes the paths of files and folders that are taken as they are.</summary>
public sealed class FilePathCompleter : LiteralPathCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters) => Paths(word);

    /// <inheritdoc/>
    private protected override bool IsOffered(string fileName) => true;
}
