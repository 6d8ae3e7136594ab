using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Requests;

/// <summary>Turns what a user types for images into the files that there are.</summary>
internal static class ImagePaths
{
    /// <summary>The files that a path with wildcards means.</summary>
    /// <param name="location">What the path is relative to.</param>
    /// <param name="path">The path.</param>
    /// <param name="otherWays">What else the cmdlet can be given, for the remedy; begins with a blank.</param>
    /// <exception cref="LinuxKitException">ImageNotFound, InvalidPath.</exception>
    public static IEnumerable<string> Resolve(PathIntrinsics location, string path, string otherWays = "")
    {
        // Expanding asks for every folder on the way, and costs as much as a Hyper-V call.
        if (path.IndexOfAny(['*', '?', '[', '`']) < 0)
        {
            return [ResolveLiteral(location, path, otherWays)];
        }

        try
        {
            var resolved = location.GetResolvedProviderPathFromPSPath(Possible(path, otherWays), out var provider);
            return !FilePaths.IsFileSystem(provider) ? throw FilePaths.Invalid(path, null)
                : resolved.Count > 0 ? resolved
                : throw NotMatched(location, path, otherWays, null);
        }
        catch (ItemNotFoundException exception)
        {
            throw NotMatched(location, path, otherWays, exception);
        }
        catch (Exception exception) when (FilePaths.IsAboutThePath(exception))
        {
            throw FilePaths.Invalid(path, exception);
        }
    }

    /// <summary>The file that a path means as it is.</summary>
    /// <inheritdoc cref="Resolve"/>
    /// <exception cref="LinuxKitException">ImageNotFound, InvalidPath.</exception>
    public static string ResolveLiteral(PathIntrinsics location, string path, string otherWays = "")
    {
        var file = location.ToFilePath(Possible(path, otherWays));
        return File.Exists(file) ? file : throw NotFound(file, otherWays, null);
    }

    private static string Possible(string path, string otherWays) =>
        FileName.IsPossible(path) ? path : throw NotFound(path, otherWays, null);

    private static LinuxKitException NotMatched(PathIntrinsics location, string pattern, string otherWays, Exception? exception) =>
        File.Exists(location.ToFilePath(pattern))
            ? new LinuxKitException(
                "ImageNotFound",
                FailureKind.ObjectNotFound,
                $"No image matches '{pattern}': there is a file of that very name, but in -Path its brackets and backticks are wildcards.",
                pattern,
                "Give its path with -LiteralPath.",
                exception)
            : NotFound(pattern, otherWays, exception);

    private static LinuxKitException NotFound(string path, string otherWays, Exception? exception) => new(
        "ImageNotFound",
        FailureKind.ObjectNotFound,
        $"There is no image '{path}'.",
        path,
        $"Check the path.{otherWays}",
        exception);
}
