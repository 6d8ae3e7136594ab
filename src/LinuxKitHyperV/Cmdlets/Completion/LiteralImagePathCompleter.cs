using System.Collections;
using System.Collections.Generic;
using LinuxKitHyperV.Images;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes the paths of images that are taken as they are.</summary>
public sealed class LiteralImagePathCompleter : LiteralPathCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters) => Paths(word);

    /// <inheritdoc/>
    private protected override bool IsOffered(string fileName) => ImageFileName.IsImage(fileName);
}
