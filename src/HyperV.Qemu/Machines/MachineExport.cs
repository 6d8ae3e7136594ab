using System;
using System.IO;
using System.Linq;
using HyperV.Qemu.Disks;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>A machine in a folder of its own, as Hyper-V lays it out; the configuration file is not one that Hyper-V reads.</summary>
internal static class MachineExport
{
    private const string MachineFolder = "Virtual Machines";
    private const string DiskFolder = "Virtual Hard Disks";
    private const string Extension = ".vmcx";

    /// <summary>Writes a machine that is off, and its disks.</summary>
    public static void Write(Machine machine, string folder)
    {
        var definition = machine.Definition;
        if (machine.State != VMState.Off || definition.Snapshots.Count > 0)
        {
            throw Errors.NotSupportedByStandIn("exporting a machine that is not off or has checkpoints");
        }

        var target = Path.Combine(folder, definition.Name);
        if (Directory.Exists(target))
        {
            throw Errors.OperationFailed(definition, ErrorIdentifier.OperationFailed, "failed to export.", $"The folder '{target}' exists.", SystemError.FileExists);
        }

        var exported = AtomicFile.Copy(definition);
        Directory.CreateDirectory(Path.Combine(target, MachineFolder));
        CopyDisks(exported, Path.Combine(target, DiskFolder));
        AtomicFile.Write(Path.Combine(target, MachineFolder, $"{definition.Id.ToString().ToUpperInvariant()}{Extension}"), exported);
    }

    /// <summary>Reads what an export, or a machine's own folder, says.</summary>
    public static MachineDefinition Read(string path)
        => (Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase) ? AtomicFile.Read<MachineDefinition>(path) : null)
            ?? throw new VirtualizationException(
                ErrorIdentifier.ObjectNotFound,
                $"The operation failed.\n\nFailed to find a virtual machine configuration at '{path}'. (0x{SystemError.PathNotFound:X8}).");

    /// <summary>Makes a machine of what was read.</summary>
    public static MachineDefinition Register(VirtualizationHost host, MachineDefinition machine)
    {
        if (host.Store.Read(machine.Id) is not null)
        {
            throw new VirtualizationException(
                ErrorIdentifier.OperationFailed,
                $"The operation failed.\n\nUnable to import virtual machine '{machine.Name}': a virtual machine with the identifier '{machine.Id}' exists already.");
        }

        host.Store.Add(machine);
        return machine;
    }

    /// <summary>Gives a machine copies of its disks.</summary>
    public static void CopyDisks(MachineDefinition machine, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var drive in machine.Drives.Where(drive => drive is { IsDvd: false, Path: not null }))
        {
            var copy = Path.Combine(folder, Path.GetFileName(drive.Path!));
            if (VirtualDisks.Read(drive.Path!).ParentPath is not null)
            {
                throw Errors.NotSupportedByStandIn("copying differencing disks");
            }

            File.Copy(drive.Path!, copy);
            drive.Path = copy;
        }
    }
}
