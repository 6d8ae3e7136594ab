using System;
using System.IO;
using System.Threading;
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

    /// <summary>Writes a machine, its checkpoints and all their disks. A machine that is on is exported as a saved one.</summary>
    public static void Write(Machine machine, string folder, CancellationToken cancellation)
    {
        var target = Path.Combine(folder, machine.Definition.Name);
        if (Directory.Exists(target))
        {
            throw Errors.OperationFailed(machine.Definition, ErrorIdentifier.OperationFailed, "failed to export.", $"The folder '{target}' exists.", SystemError.FileExists);
        }

        machine.WhileNothingRuns(() =>
        {
            var exported = AtomicFile.Copy(machine.Definition);
            var configuration = Path.Combine(target, MachineFolder, exported.Id.ToString().ToUpperInvariant());
            MachineFolders.CopyAll(machine.Host.Store.MachineFolder(machine.Id), configuration);
            MachineDisks.Copy(exported, Path.Combine(target, DiskFolder), cancellation);
            AtomicFile.Write(configuration + Extension, exported);
        });
    }

    /// <summary>Reads what an export, or a machine's own folder, says.</summary>
    public static MachineDefinition Read(string path)
        => (Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase) ? AtomicFile.Read<MachineDefinition>(path) : null)
            ?? throw new VirtualizationException(
                ErrorIdentifier.ObjectNotFound,
                $"The operation failed.\n\nFailed to find a virtual machine configuration at '{path}'. (0x{SystemError.PathNotFound:X8}).");

    /// <summary>Makes a machine of what was read.</summary>
    public static void Register(VirtualizationHost host, MachineDefinition machine, string path)
    {
        if (host.Store.Read(machine.Id) is not null)
        {
            throw new VirtualizationException(
                ErrorIdentifier.OperationFailed,
                $"The operation failed.\n\nUnable to import virtual machine '{machine.Name}': a virtual machine with the identifier '{machine.Id}' exists already.");
        }

        MachineFolders.CopyAll(Path.ChangeExtension(path, null), host.Store.MachineFolder(machine.Id));
        host.Store.Add(machine);
    }
}
