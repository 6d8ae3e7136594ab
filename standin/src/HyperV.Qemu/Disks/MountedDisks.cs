using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Disks;

/// <summary>The disks that are mounted on a host.</summary>
/// <remarks>
/// A mounted disk is open in a server of its own, which keeps everybody else from it and gives what is on it to whoever connects.
/// It becomes no disk of this system's: that takes a kernel with network block devices, and root.
/// </remarks>
/// <param name="folder">Where the host keeps what it knows of them.</param>
internal sealed class MountedDisks(string folder)
{
    /// <summary>A host's disk number 0 is its own.</summary>
    private const uint FirstNumber = 1;

    /// <summary>All of them.</summary>
    public IEnumerable<MountedDisk> All => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.json").Select(AtomicFile.Read<MountedDisk>).OfType<MountedDisk>().Where(disk => Server(disk.Number).IsAlive)
        : [];

    /// <summary>Whether a file is mounted.</summary>
    public bool Holds(string path) => NumberOf(path) is not null;

    /// <summary>The number of the disk in a file; null where it is not mounted.</summary>
    public uint? NumberOf(string path) => All.FirstOrDefault(disk => disk.Path == path)?.Number;

    /// <summary>The disk in a file.</summary>
    /// <exception cref="VirtualizationException">It is not mounted.</exception>
    public MountedDisk At(string path) => All.FirstOrDefault(disk => disk.Path == path) ?? throw NotMounted($"'{path}'");

    /// <summary>The disk of a number.</summary>
    /// <exception cref="VirtualizationException">There is none.</exception>
    public MountedDisk Numbered(uint number) => All.FirstOrDefault(disk => disk.Number == number) ?? throw NotMounted($"The disk {number}");

    /// <summary>Mounts a disk.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public void Mount(string path, bool readOnly, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        using var exclusive = FileLock.Take(Path.Combine(folder, "lock"), cancellation);
        var taken = All.Select(disk => disk.Number).ToList();
        var number = FirstNumber;
        while (taken.Contains(number))
        {
            number++;
        }

        var mounted = new MountedDisk(number, path, Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.nbd"));
        AtomicFile.Write(Record(number), mounted);
        try
        {
            Server(number).Start(mounted, readOnly, cancellation);
        }
        catch
        {
            File.Delete(Record(number));
            throw;
        }
    }

    /// <summary>Dismounts a disk.</summary>
    public void Dismount(MountedDisk disk)
    {
        using var exclusive = FileLock.Take(Path.Combine(folder, "lock"));
        Server(disk.Number).End();
        File.Delete(disk.Socket);
        File.Delete(Record(disk.Number));
    }

    private static VirtualizationException NotMounted(string what)
        => new(ErrorIdentifier.InvalidParameter, $"{what} is not mounted.");

    private string Record(uint number) => Path.Combine(folder, $"{number}.json");

    private DiskServer Server(uint number) => new(Path.Combine(folder, $"{number}.pid"));
}
