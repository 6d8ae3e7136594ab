using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace HyperV.Qemu.Disks;

/// <summary>Runs one of QEMU's tools for disks.</summary>
internal static class QemuTool
{
    /// <summary>Runs it to its end, or until it goes on in the background.</summary>
    /// <exception cref="IOException">It failed, or it is not there.</exception>
    public static void Run(string program, CancellationToken cancellation, params string[] arguments)
    {
        using var process = Start(program, arguments);
        using var stop = cancellation.Register(process.Kill);
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw new IOException(errors.Trim());
        }
    }

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        }
        catch (Win32Exception exception)
        {
            throw new IOException($"{program} cannot be run: {exception.Message}", exception);
        }
    }
}
