using System;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>A file system of its own in a folder, with little space or none to write to.</summary>
internal sealed class SmallVolume : IDisposable
{
    private readonly string _folder;

    private SmallVolume(string folder)
    {
        _folder = folder;
    }

    /// <summary>Mounts it. Where that is not allowed, the test is skipped.</summary>
    /// <param name="folder">The folder, which is made.</param>
    /// <param name="options">Options of tmpfs: "size=1m", "ro".</param>
    public static SmallVolume Mount(string folder, string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root on Linux mounts a file system of a size of its own.");
        Directory.CreateDirectory(folder);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder), "This root may not mount file systems.");
        return new SmallVolume(folder);
    }

    public void Dispose() => Assert.True(Run("umount", _folder), $"'{_folder}' could not be unmounted.");

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
