using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes the key that leaves a console: those first that no shell and no editor has a use for.</summary>
public sealed class EscapeKeyCompleter : ValueCompleter
{
    private const string Keys = @"]\^_@ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters) => Keys.Select(key => $"Ctrl+{key}");
}
