using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading;

namespace HyperV.Qemu.Engine;

/// <summary>Starts QEMU, which goes on in a session of its own.</summary>
internal static class QemuLauncher
{
    /// <summary>Returns when QEMU has made the machine.</summary>
    /// <exception cref="EngineException">QEMU has ended.</exception>
    /// <exception cref="OperationCanceledException">QEMU may be about to start.</exception>
    public static void Launch(QemuPlatform platform, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var launcher = Start(platform.Program, arguments);
        launcher.StandardInput.Close();

        // QEMU's first process ends when the one that goes on has made the machine, and has let go of this.
        using var reader = launcher.StandardError;
        var errors = reader.ReadToEndAsync(cancellation);
        launcher.WaitForExitAsync(cancellation).GetAwaiter().GetResult();
        if (launcher.ExitCode != 0)
        {
            throw StartFailure.Explain(errors.GetAwaiter().GetResult());
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new EngineException(EngineFault.Unspecified, $"'{program}' cannot be started: {exception.Message}", program, exception);
        }
    }
}
