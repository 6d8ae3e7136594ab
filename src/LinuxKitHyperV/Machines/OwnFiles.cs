using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LinuxKitHyperV.Machines;

/// <summary>The files that are deleted with a VM.</summary>
/// <param name="Metadata">Its metadata image, from <see cref="OwnDvd"/>; null where there is none.</param>
/// <param name="Boot">The copy of its image that it boots, from there too; null where there is none.</param>
/// <param name="Disks">Its disks, from <see cref="OwnDisks"/>.</param>
/// <param name="MadeFolder">The folder that was made for them; null where there is none.</param>
internal sealed record OwnFiles(string? Metadata, string? Boot, IReadOnlyList<string> Disks, string? MadeFolder)
{
    /// <summary>All of them, in the order in which they are deleted: first what may hold secrets, and at last their folder.</summary>
    public IReadOnlyList<string> All => [.. Files, .. new[] { Folder }.OfType<string>()];

    /// <summary>The folder that goes with the last of them; null where more than they is in it.</summary>
    /// <remarks>A mark may be forged: a folder goes with a file of it, or not at all, and what stands in its place for another one stays.</remarks>
    public string? Folder => MadeFolder is { } folder && Files.Any(IsIn) && HoldsNoMore(folder) ? folder : null;

    private IReadOnlyList<string> Files => [.. new[] { Metadata, Boot }.OfType<string>(), .. Disks];

    /// <summary>Finds them.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="withData">Whether the data disks are asked for.</param>
    /// <param name="users">Who has which disks.</param>
    /// <param name="warn">Is told of each file that is there and stays, and why.</param>
    public static OwnFiles Of(LinuxKitMachine machine, bool withData, DiskUsers users, Action<string> warn) =>
        new(OwnDvd.Metadata(machine, warn), OwnDvd.Boot(machine, warn), OwnDisks.Of(machine, withData, users, warn), machine.Host.IsLocal ? machine.Mark?.Folder : null);

    private bool IsIn(string file) => string.Equals(Path.GetDirectoryName(file), MadeFolder, StringComparison.OrdinalIgnoreCase);

    private bool HoldsNoMore(string folder)
    {
        try
        {
            return (File.GetAttributes(folder) & FileAttributes.ReparsePoint) == 0
                && Directory.EnumerateFileSystemEntries(folder).All(entry => Files.Contains(entry, StringComparer.OrdinalIgnoreCase));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
