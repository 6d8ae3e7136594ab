using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace HyperV.Qemu.Engine;

/// <summary>The names of what the engine keeps of a machine.</summary>
/// <param name="path">The machine's runtime folder.</param>
internal sealed class RuntimeFolder(string path)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(5);

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Holds QEMU's process id; QEMU writes it, locks it and deletes it.</summary>
    public string PidFile => In("qemu.pid");

    /// <summary>The socket on which QEMU takes commands.</summary>
    public string ControlSocket => In("control.socket");

    /// <summary>The socket on which QEMU tells what happens.</summary>
    public string EventSocket => In("events.socket");

    /// <summary>Names the pipes of the COM ports, one a line. It is there from the start of the machine until all of it is cleared away.</summary>
    public string PipeList => In("com-pipes");

    /// <summary>Holds the memory and the devices of a saved machine.</summary>
    public string SavedState => In("saved-state");

    /// <summary>The same while it is being written.</summary>
    public string UnfinishedState => In("saved-state.new");

    /// <summary>The socket over which a machine's state comes and goes.</summary>
    public string StateSocket => In("state.socket");

    /// <summary>The socket on which the TPM takes commands.</summary>
    public string TpmSocket => In("tpm.socket");

    /// <summary>QEMU's end of a COM port.</summary>
    public string SerialSocket(int port) => In($"com{port}.socket");

    /// <summary>The firmware's variables, which outlive the machine's runs. Each Secure Boot template has its own.</summary>
    public string FirmwareVariables(Guid? secureBootTemplate) => In($"firmware-variables.{secureBootTemplate?.ToString() ?? "none"}.fd");

    /// <summary>All that the guest sent through a COM port since it was powered on, as QEMU logs it where that is asked for.</summary>
    /// <remarks>Where the socket takes no byte just now, QEMU logs the byte, tries again, and logs it again.</remarks>
    public string SerialLog(int port) => In($"com{port}.log");

    /// <summary>All that came from the guest through a COM port since it was powered on, as the worker records it where that is asked for.</summary>
    public string SerialRecord(int port) => In($"com{port}.record");

    /// <summary>Makes this process the only one that starts the machine or clears up after it.</summary>
    /// <param name="patience">How long to wait for another process.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The lock; null where another process kept it, or where there is no such folder.</returns>
    public IDisposable? TryLock(TimeSpan patience, CancellationToken cancellation)
    {
        var waiting = Stopwatch.StartNew();
        while (Directory.Exists(Path))
        {
            try
            {
                return new FileStream(In("engine.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waiting.Elapsed < patience)
            {
                cancellation.WaitHandle.WaitOne(Retry);
                cancellation.ThrowIfCancellationRequested();
            }
            catch (IOException)
            {
                break;
            }
        }

        return null;
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
