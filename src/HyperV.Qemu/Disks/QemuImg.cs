using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace HyperV.Qemu.Disks;

/// <summary>Runs qemu-img.</summary>
internal static class QemuImg
{
    private const string Program = "qemu-img";

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="IOException">It failed, or it is not there.</exception>
    public static void Run(CancellationToken cancellation, params string[] arguments)
    {
        using var process = Start(arguments);
        using var stop = cancellation.Register(process.Kill);
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw new IOException(errors.Trim());
        }
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        }
        catch (Win32Exception exception)
        {
            throw new IOException($"{Program} cannot be run: {exception.Message}", exception);
        }
    }
}
