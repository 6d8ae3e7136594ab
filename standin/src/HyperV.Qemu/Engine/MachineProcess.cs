using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace HyperV.Qemu.Engine;

/// <summary>A process of a machine: QEMU, the worker, or the TPM.</summary>
/// <remarks>
/// It is recognized by the pid file that its command line names, and from then on by its id and the time of its start. An
/// id alone would do for any process that got the number after the machine's had ended.
/// </remarks>
internal sealed class MachineProcess
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(5);

    /// <summary>The name that the system gives the worker's process.</summary>
    private const string WorkerName = "dotnet";

    private readonly ProcessStatus _first;

    private MachineProcess(ProcessStatus status) => _first = status;

    /// <summary>The process id.</summary>
    public int Id => _first.Id;

    /// <summary>Whether it has not ended. It has not while its files are still open and locked.</summary>
    public bool IsAlive => ProcessStatus.Read(Id) is { HasEnded: false } now && now.StartTicks == _first.StartTicks;

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan CpuTime => ProcessStatus.Read(Id)?.CpuTime ?? TimeSpan.Zero;

    /// <summary>The memory of its guest, in bytes.</summary>
    public long MemoryBytes => QemuCommandLine.MemoryBytes(CommandLine(Id));

    /// <summary>Whether it is QEMU.</summary>
    public bool IsQemu => _first.Name == QemuPlatform.ProcessName;

    /// <summary>Finds QEMU by the machine's pid file.</summary>
    public static MachineProcess? Find(RuntimeFolder folder)
        => ReadPid(folder.PidFile) is { } id && ProcessStatus.Read(id) is { HasEnded: false } status
            && (IsOf(folder, id) || IsEnding(status))
                ? new MachineProcess(status)
                : null;

    /// <summary>Finds all processes of a machine, also a QEMU that has not yet written its pid file.</summary>
    public static IEnumerable<MachineProcess> FindAll(RuntimeFolder folder)
    {
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && IsOf(folder, id)
                && ProcessStatus.Read(id) is { HasEnded: false, Name: QemuPlatform.ProcessName or WorkerName or TpmProcess.Name } status)
            {
                yield return new MachineProcess(status);
            }
        }
    }

    /// <summary>Sends it a signal.</summary>
    public void Signal(int signal)
    {
        if (IsAlive)
        {
            // It may end just now: then there is nothing left to tell it.
            _ = Signals.Send(Id, signal);
        }
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Whether it has.</returns>
    public bool WaitForExit(TimeSpan timeout, CancellationToken cancellation = default)
    {
        var waiting = Stopwatch.StartNew();
        while (IsAlive)
        {
            if (waiting.Elapsed >= timeout)
            {
                return false;
            }

            cancellation.WaitHandle.WaitOne(Retry);
            cancellation.ThrowIfCancellationRequested();
        }

        return true;
    }

    private static bool IsOf(RuntimeFolder folder, int id)
        => CommandLine(id) is var line && (line.Contains(folder.PidFile) || line.Contains(TpmProcess.StateArgument(folder)));

    /// <summary>Whether a QEMU is giving back its memory, its command line with it, while its files are still locked.</summary>
    private static bool IsEnding(ProcessStatus status) => status.Name == QemuPlatform.ProcessName && CommandLine(status.Id) is [""];

    private static int? ReadPid(string file)
    {
        try
        {
            return int.TryParse(File.ReadAllText(file).TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string[] CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
