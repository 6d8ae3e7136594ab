using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace LinuxKitHyperV.Metadata;

/// <summary>Reads a folder of this computer as metadata.</summary>
internal static class MetadataFolderReader
{
    // Windows has no such permissions, and .NET Framework cannot ask for them.
    private static readonly MethodInfo? GetUnixFileMode = RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        ? null
        : typeof(File).GetMethod("GetUnixFileMode", [typeof(string)]);

    /// <summary>The folder's files, and theirs permissions where this computer has any.</summary>
    /// <exception cref="LinuxKitException">MetadataNotReadable, MetadataTooDeep.</exception>
    public static MetadataFolder Read(string path) => new(string.Empty, Mode(path), Entries(path, 1));

    /// <summary>A tree with more levels than an image can have.</summary>
    public static LinuxKitException TooDeep(string name) => new(
        "MetadataTooDeep",
        FailureKind.InvalidArgument,
        $"'{name}' lies deeper than {MetadataFolder.MaximumDepth} levels.",
        name,
        $"Nest folders and tables no deeper than {MetadataFolder.MaximumDepth} levels.");

    private static List<MetadataEntry> Entries(string folder, int depth)
    {
        if (depth > MetadataFolder.MaximumDepth)
        {
            throw TooDeep(folder);
        }

        try
        {
            return
            [
                .. Directory.EnumerateFileSystemEntries(folder)
                    .OrderBy(Path.GetFileName, StringComparer.Ordinal)
                    .Select<string, MetadataEntry>(path => Directory.Exists(path)
                        ? new MetadataFolder(Path.GetFileName(path), Mode(path), Entries(path, depth + 1))
                        : new MetadataFile(Path.GetFileName(path), Mode(path), MetadataContent.OfFile(path))),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw MetadataContent.NotReadable(folder, exception);
        }
    }

    private static int? Mode(string path) => GetUnixFileMode?.Invoke(null, [path]) is { } mode ? Convert.ToInt32(mode, CultureInfo.InvariantCulture) : null;
}
