using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.Disks;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes a disk: the keys of LinuxKit's syntax, and the disks in a folder that it can name.</summary>
public sealed class DiskCompleter : LiteralPathCompleter
{
    private const string File = "file=";

    private static readonly string[] Keys = ["size=", File];

    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters)
    {
        // Only the part behind the last comma is being typed.
        var typed = word.LastIndexOf(',') + 1;
        var before = word.Substring(0, typed);
        var part = word.Substring(typed);
        var isFile = part.StartsWith(File, StringComparison.OrdinalIgnoreCase);
        var key = isFile ? part.Substring(0, File.Length) : string.Empty;
        return Keys
            .Where(other => !isFile && before.IndexOf(other, StringComparison.OrdinalIgnoreCase) < 0)
            .Concat(Paths(part.Substring(key.Length)).Where(path => DiskSyntax.CanBePart(path, isFile)).Select(path => key + path))
            .Select(value => before + value);
    }

    /// <inheritdoc/>
    private protected override bool IsOffered(string fileName) =>
        fileName.EndsWith(".vhdx", StringComparison.OrdinalIgnoreCase) || fileName.EndsWith(".vhd", StringComparison.OrdinalIgnoreCase);
}
