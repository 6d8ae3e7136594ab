using System;

namespace LinuxKitHyperV.Requests;

/// <summary>The name of the pipe that a VM's COM 1 is.</summary>
internal static class ConsolePipeName
{
    // A pipe's path may have 256 characters; more than a few dozen help nobody.
    private const int MaximumLength = 64;

    /// <summary>\\.\pipe\web-com1 for the VM web: the name that LinuxKit's users have in their scripts.</summary>
    /// <param name="machineName">The VM's name.</param>
    /// <param name="markId">Makes the name unique where <paramref name="isTaken"/> says so.</param>
    /// <param name="isTaken">Whether a pipe is there already.</param>
    public static string For(string machineName, Guid markId, Func<string, bool> isTaken)
    {
        // What stands behind a backslash would not belong to the pipe's name, and Hyper-V takes none there.
        var name = machineName.Replace('\\', '-').Replace('/', '-');
        var path = $@"\\.\pipe\{name}-com1";
        return name.Length <= MaximumLength && !isTaken(path)
            ? path
            : $@"\\.\pipe\{(name.Length <= MaximumLength ? name : name.Substring(0, MaximumLength))}-{markId:N}-com1";
    }
}
