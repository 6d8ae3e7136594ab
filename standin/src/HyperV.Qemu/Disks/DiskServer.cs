using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using HyperV.Qemu.Engine;

namespace HyperV.Qemu.Disks;

/// <summary>A qemu-nbd that has a disk open, and outlives the process that started it.</summary>
/// <param name="pidFile">Holds its process id; its command line names the file.</param>
internal sealed class DiskServer(string pidFile)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(5);

    /// <summary>On SIGTERM it closes the disk and ends, usually within milliseconds.</summary>
    private static readonly TimeSpan TerminationPatience = TimeSpan.FromSeconds(3);

    /// <summary>Whether it runs.</summary>
    public bool IsAlive => Find() is not null;

    /// <summary>Returns when it serves the disk.</summary>
    /// <exception cref="IOException">The disk cannot be opened.</exception>
    public void Start(MountedDisk disk, bool readOnly, CancellationToken cancellation)
    {
        string[] access = readOnly ? ["--read-only"] : [];
        QemuTool.Run(
            "qemu-nbd",
            cancellation,
            ["--fork", "--persistent", $"--pid-file={pidFile}", $"--socket={disk.Socket}", $"--format={QemuFormat.Of(disk.Path)}", .. access, disk.Path]);
    }

    /// <summary>Returns when it has closed the disk.</summary>
    public void End()
    {
        // Its command line is gone before its files are closed: from here on it is known by its id and the time of its start.
        if (Find() is { } id && ProcessStatus.Read(id) is { } first)
        {
            var waiting = Stopwatch.StartNew();
            while (ProcessStatus.Read(id) is { HasEnded: false } now && now.StartTicks == first.StartTicks)
            {
                // It may end just now: then there is nothing left to tell it.
                _ = Signals.Send(id, waiting.Elapsed < TerminationPatience ? Signals.Terminate : Signals.Kill);
                Thread.Sleep(Retry);
            }
        }

        File.Delete(pidFile);
    }

    private int? Find()
    {
        try
        {
            var id = int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture);
            return File.ReadAllText($"/proc/{id}/cmdline").Split('\0').Contains($"--pid-file={pidFile}") ? id : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
