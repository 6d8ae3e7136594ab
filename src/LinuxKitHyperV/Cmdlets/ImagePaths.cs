using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace LinuxKitHyperV.Commands;

/// <summary>Turns what a user types for images into the files that there are.</summary>
internal static class ImagePaths
{
    /// <summary>The files that a path with wildcards means.</summary>
    /// <exception cref="LinuxKitException">ImageNotFound.</exception>
    public static IEnumerable<string> Resolve(PSCmdlet cmdlet, string path)
    {
        // Expanding asks for every folder on the way, and costs as much as a Hyper-V call.
        if (path.IndexOfAny(['*', '?', '[', '`']) < 0)
        {
            return [ResolveLiteral(cmdlet, path)];
        }

        try
        {
            var resolved = cmdlet.GetResolvedProviderPathFromPSPath(path, out _);
            return resolved.Count > 0 ? resolved : throw NotFound(path, null);
        }
        catch (ItemNotFoundException exception)
        {
            throw NotFound(path, exception);
        }
    }

    /// <summary>The file that a path means as it is.</summary>
    /// <exception cref="LinuxKitException">ImageNotFound.</exception>
    public static string ResolveLiteral(PSCmdlet cmdlet, string path)
    {
        var file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
        return File.Exists(file) ? file : throw NotFound(file, null);
    }

    private static LinuxKitException NotFound(string path, System.Exception? exception) => new(
        "ImageNotFound",
        FailureKind.ObjectNotFound,
        $"There is no image '{path}'.",
        path,
        "Check the path. To start a VM that exists, use Start-LinuxKitVM -Name.",
        exception);
}
