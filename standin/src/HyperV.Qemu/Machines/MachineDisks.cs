using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using HyperV.Qemu.Disks;
using HyperV.Qemu.State;

namespace HyperV.Qemu.Machines;

/// <summary>All disks of a machine and of its checkpoints.</summary>
internal static class MachineDisks
{
    /// <summary>Gives a machine copies of them, and of all that they are based on.</summary>
    public static void Copy(MachineDefinition machine, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var drives = machine.Snapshots.Select(snapshot => snapshot.Machine).Append(machine)
            .SelectMany(owner => owner.Drives)
            .Where(drive => drive is { IsDvd: false, Path: not null })
            .ToList();
        var copies = new Dictionary<string, string>();
        foreach (var disk in drives.SelectMany(drive => VirtualDisks.Chain(drive.Path!)).Distinct())
        {
            cancellation.ThrowIfCancellationRequested();
            copies[disk] = Path.Combine(folder, Path.GetFileName(disk));
            File.Copy(disk, copies[disk]);
        }

        foreach (var (disk, copy) in copies)
        {
            if (VirtualDisks.Read(disk).ParentPath is { } parent)
            {
                Overlay.SetParent(copy, copies[parent], cancellation);
            }
        }

        drives.ForEach(drive => drive.Path = copies[drive.Path!]);
    }
}
