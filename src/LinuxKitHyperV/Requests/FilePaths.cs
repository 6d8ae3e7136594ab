using System;
using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using Microsoft.PowerShell.Commands;

namespace LinuxKitHyperV.Requests;

/// <summary>Turns what a user types for a file into its full path, relative to PowerShell's current location.</summary>
internal static class FilePaths
{
    /// <summary>The file that a path means, whether there is one or not.</summary>
    /// <param name="location">What the path is relative to.</param>
    /// <param name="path">The path.</param>
    /// <exception cref="LinuxKitException">InvalidPath.</exception>
    public static string ToFilePath(this PathIntrinsics location, string path)
    {
        if (!FileName.IsPossible(path))
        {
            throw Invalid(path, null);
        }

        if (IsSystemPath(path))
        {
            return Path.GetFullPath(path);
        }

        try
        {
            var file = location.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return IsFileSystem(provider) ? file : throw Invalid(path, null);
        }
        catch (Exception exception) when (IsAboutThePath(exception))
        {
            throw Invalid(path, exception);
        }
    }

    /// <summary>The file of a host: another one's files are named as they are there.</summary>
    /// <inheritdoc cref="ToFilePath(PathIntrinsics, string)"/>
    public static string ToFilePath(this PathIntrinsics location, HyperVHost host, string path) => host.IsLocal ? location.ToFilePath(path) : path;

    /// <summary>Whether PowerShell takes a path as the system does, whatever its drives are.</summary>
    /// <remarks>Only where paths begin with no drive. PowerShell gives the same file, but looks at all that is mounted first.</remarks>
    private static bool IsSystemPath(string path) =>
        Path.DirectorySeparatorChar == '/' && path.StartsWith("/", StringComparison.Ordinal) && !path.StartsWith("//", StringComparison.Ordinal) && path.IndexOfAny(['\\', ':']) < 0;

    /// <summary>Whether a provider's paths name files.</summary>
    public static bool IsFileSystem(ProviderInfo provider) => provider.ImplementingType == typeof(FileSystemProvider);

    /// <summary>Whether PowerShell refused a path for what it says: its drive, its provider, its form.</summary>
    public static bool IsAboutThePath(Exception exception) =>
        exception is SessionStateException or ProviderInvocationException or WildcardPatternException or NotSupportedException or ArgumentException;

    /// <summary>The error for a path that leads to no place for files.</summary>
    public static LinuxKitException Invalid(string path, Exception? exception) => new(
        "InvalidPath",
        FailureKind.InvalidArgument,
        $"'{path}' is no path of a file.{(exception is null ? string.Empty : " " + exception.Message)}",
        path,
        "Give a path on one of the drives that Get-PSDrive -PSProvider FileSystem lists.",
        exception);
}
