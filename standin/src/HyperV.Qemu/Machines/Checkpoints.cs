using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using HyperV.Qemu.Disks;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Makes, applies and removes a machine's checkpoints.</summary>
/// <remarks>
/// A checkpoint keeps the disks as they are; the machine goes on with differencing disks that are based on them. A machine that
/// runs is saved for it and goes on at once: Hyper-V does that without an interruption.
/// </remarks>
internal sealed class Checkpoints
{
    private readonly Machine _machine;
    private readonly CancellationToken _cancellation;

    public Checkpoints(VirtualMachine machine, CancellationToken cancellation)
    {
        _machine = machine.Machine;
        _cancellation = cancellation;
    }

    /// <summary>Makes a checkpoint.</summary>
    public SnapshotDefinition Create(string? name)
    {
        var definition = _machine.Definition;
        if (definition.CheckpointType == CheckpointType.Disabled)
        {
            throw Failed(definition, ErrorIdentifier.InvalidOperation, "Checkpoints are disabled for the virtual machine.");
        }

        SnapshotDefinition? snapshot = null;
        _machine.WhileNothingRuns(() => snapshot = Take(name));
        return snapshot!;
    }

    /// <summary>Makes the machine what it was.</summary>
    public void Apply(SnapshotDefinition snapshot)
    {
        if (_machine.State is VMState.Running or VMState.Paused)
        {
            _machine.TurnOff();
        }

        _machine.Change(machine =>
        {
            var abandoned = Disks(machine).Except(machine.Snapshots.SelectMany(other => Disks(other.Machine))).ToList();
            machine.TakeOver(AtomicFile.Copy(snapshot.Machine));
            machine.ParentSnapshotId = snapshot.Id;
            GoOnWithOverlays(machine);
            abandoned.ForEach(File.Delete);
        });
        if (snapshot.Machine.Saved)
        {
            MachineFolders.Copy(SavedFolder(snapshot.Id), _machine.RuntimeFolder);
        }
    }

    /// <summary>Removes a checkpoint; what went on from it goes on from what it went on from.</summary>
    public void Remove(SnapshotDefinition snapshot)
    {
        _machine.WhileNothingRuns(() => _machine.Change(machine =>
        {
            machine.Snapshots.RemoveAll(other => other.Id == snapshot.Id);
            foreach (var other in machine.Snapshots.Where(other => other.Machine.ParentSnapshotId == snapshot.Id))
            {
                other.Machine.ParentSnapshotId = snapshot.Machine.ParentSnapshotId;
            }

            if (machine.ParentSnapshotId == snapshot.Id)
            {
                machine.ParentSnapshotId = snapshot.Machine.ParentSnapshotId;
            }

            foreach (var disk in Disks(snapshot.Machine))
            {
                MergeInto(disk, machine);
            }
        }));
        if (Directory.Exists(SavedFolder(snapshot.Id)))
        {
            Directory.Delete(SavedFolder(snapshot.Id), recursive: true);
        }
    }

    private SnapshotDefinition Take(string? name)
    {
        var definition = _machine.Definition;
        var snapshot = new SnapshotDefinition { Machine = AtomicFile.Copy(definition) };
        snapshot.Machine.Id = Guid.NewGuid();
        snapshot.Machine.Name = name ?? $"{definition.Name} - ({DateTime.Now:G})";
        snapshot.Machine.CreationTime = DateTime.Now;
        snapshot.Machine.Snapshots = [];
        snapshot.Machine.ParentSnapshotId = definition.ParentSnapshotId;
        if (snapshot.Machine.Saved)
        {
            MachineFolders.Copy(_machine.RuntimeFolder, SavedFolder(snapshot.Id));
        }

        _machine.Change(machine =>
        {
            GoOnWithOverlays(machine);
            machine.Snapshots.Add(snapshot);
            machine.ParentSnapshotId = snapshot.Id;
        });
        return snapshot;
    }

    /// <summary>Merges the one disk that is based on this one, if it is one; several go on being based on it.</summary>
    private void MergeInto(string disk, MachineDefinition machine)
    {
        var owners = machine.Snapshots.Select(other => other.Machine).Append(machine).ToList();
        if (owners.Exists(owner => Disks(owner).Contains(disk)))
        {
            return;
        }

        var children = owners.SelectMany(Disks).Distinct().Where(child => VirtualDisks.Read(child).ParentPath == disk).ToList();
        if (children is not [var only])
        {
            return;
        }

        Overlay.Merge(only, disk, _cancellation);
        foreach (var drive in owners.SelectMany(owner => owner.Drives).Where(drive => drive.Path == only))
        {
            drive.Path = disk;
        }

        // What was based on the merged disk is based on what it was merged into.
        foreach (var grandchild in owners.SelectMany(Disks).Distinct().Where(child => child != disk && Overlay.ParentOf(child) == only))
        {
            Overlay.SetParent(grandchild, disk, _cancellation);
        }

        File.Delete(only);
    }

    private static IEnumerable<string> Disks(MachineDefinition machine)
        => machine.Drives.Where(drive => !drive.IsDvd).Select(drive => drive.Path).OfType<string>();

    private static void GoOnWithOverlays(MachineDefinition machine)
    {
        foreach (var drive in machine.Drives.Where(drive => drive is { IsDvd: false, Path: not null }))
        {
            var root = Path.GetFileNameWithoutExtension(VirtualDisks.Chain(drive.Path!)[^1]);
            var extension = VirtualDisks.FormatOf(drive.Path!) == Microsoft.Vhd.PowerShell.VhdFormat.VHD ? ".avhd" : ".avhdx";
            var overlay = Path.Combine(Path.GetDirectoryName(drive.Path)!, $"{root}_{Guid.NewGuid().ToString().ToUpperInvariant()}{extension}");
            Overlay.Create(overlay, drive.Path!);
            drive.Path = overlay;
        }
    }

    private static VirtualizationException Failed(MachineDefinition machine, ErrorIdentifier identifier, string reason)
        => Errors.OperationFailed(machine, identifier, "could not create a checkpoint.", reason);

    private string SavedFolder(Guid snapshot) => Path.Combine(_machine.Host.Store.MachineFolder(_machine.Id), snapshot.ToString());
}
