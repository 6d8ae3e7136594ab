using System;
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
        while (Find() is { } id)
        {
            // It may end just now: then there is nothing left to tell it.
            _ = Signals.Send(id, Signals.Terminate);
            Thread.Sleep(Retry);
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
