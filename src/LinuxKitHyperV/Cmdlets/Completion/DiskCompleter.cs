using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes a disk: the keys of LinuxKit's syntax, and the disks in a folder.</summary>
public sealed class DiskCompleter : ValueCompleter
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
        var isFile = part.StartsWith(File, System.StringComparison.OrdinalIgnoreCase);
        var prefix = before + (isFile ? part.Substring(0, File.Length) : string.Empty);
        var path = isFile ? part.Substring(File.Length) : part;
        return Keys
            .Where(key => !isFile && before.IndexOf(key, System.StringComparison.OrdinalIgnoreCase) < 0)
            .Select(key => before + key)
            .Concat(part.Contains('=') && !isFile ? [] : Disks(path).Select(disk => prefix + disk));
    }

    private static IEnumerable<string> Disks(string path) => CompletionCompleters.CompleteFilename(path)
        .Where(result => result.ResultType == CompletionResultType.ProviderContainer || IsDisk(result.ListItemText))
        .Select(result => AsTyped(path, result.CompletionText.Trim('\'', '"')));

    // PowerShell puts the current folder in front, and what is completed is what begins with the word.
    private static string AsTyped(string path, string completed) =>
        path.StartsWith(".", System.StringComparison.Ordinal) || !completed.StartsWith(".", System.StringComparison.Ordinal) || completed.Length < 2
            ? completed
            : completed.Substring(2);

    private static bool IsDisk(string name) =>
        name.EndsWith(".vhdx", System.StringComparison.OrdinalIgnoreCase) || name.EndsWith(".vhd", System.StringComparison.OrdinalIgnoreCase);
}
