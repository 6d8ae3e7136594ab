using System.ComponentModel;
using System.Diagnostics;
using System.Threading;

namespace HyperV.Qemu.Engine;

/// <summary>The process that is a machine's TPM. It ends with the machine; what the TPM keeps stays in the runtime folder.</summary>
internal static class TpmProcess
{
    /// <summary>The name that the system gives it.</summary>
    public const string Name = "swtpm";

    /// <summary>The argument of its command line that names the machine.</summary>
    public static string StateArgument(RuntimeFolder folder) => $"dir={folder.Path},mode=0600";

    /// <summary>Returns when it listens.</summary>
    /// <param name="folder">The machine's runtime folder.</param>
    /// <param name="sockets">The same, by a short name.</param>
    /// <param name="cancellation">Ends the wait; it may be about to start.</param>
    /// <exception cref="EngineException">It did not start, or is not installed.</exception>
    public static void Start(RuntimeFolder folder, RuntimeFolder sockets, CancellationToken cancellation)
    {
        using var launcher = Launch(folder, sockets);
        var errors = launcher.StandardError.ReadToEndAsync(cancellation);
        launcher.WaitForExitAsync(cancellation).GetAwaiter().GetResult();
        if (launcher.ExitCode != 0)
        {
            throw new EngineException(EngineFault.Unspecified, $"The TPM did not start: {errors.GetAwaiter().GetResult().Trim()}");
        }
    }

    private static Process Launch(RuntimeFolder folder, RuntimeFolder sockets)
    {
        var start = new ProcessStartInfo(Name)
        {
            ArgumentList =
            {
                "socket", "--tpm2", "--daemon", "--terminate",
                "--tpmstate", StateArgument(folder),
                "--ctrl", $"type=unixio,path={sockets.TpmSocket}",
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new EngineException(
                EngineFault.Unspecified,
                $"The TPM is the program {Name}, which cannot be started: {exception.Message}. On Debian and Ubuntu the package {Name} has it.",
                Name,
                exception);
        }
    }
}
