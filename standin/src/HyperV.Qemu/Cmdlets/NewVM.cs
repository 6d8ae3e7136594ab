using System;
using System.IO;
using System.Linq;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Disks;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;
using Microsoft.Vhd.PowerShell;
using FilePath = System.IO.Path;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Makes a machine.</content>
[Implements(
    nameof(Name),
    nameof(MemoryStartupBytes),
    nameof(Generation),
    nameof(Path),
    nameof(SwitchName),
    nameof(VHDPath),
    nameof(NewVHDPath),
    nameof(NewVHDSizeBytes),
    nameof(NoVHD),
    nameof(BootDevice),
    nameof(Version),
    nameof(Force))]
public partial class NewVM
{
    private const string DiskFolder = "Virtual Hard Disks";

    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            var machine = Describe(host);
            if (ShouldProcess(machine.Name))
            {
                Guard(() => Make(host, machine));
            }
        }
    }

    private MachineDefinition Describe(VirtualizationHost host)
    {
        var machine = new MachineDefinition { Generation = Generation ?? 1 };
        machine.Name = Name ?? machine.Name;
        machine.Path = Path is null ? host.Store.Settings.VirtualMachinePath : FilePath.Combine(Absolute(Path), machine.Name);
        machine.SnapshotFileLocation = machine.Path;
        machine.SmartPagingFilePath = machine.Path;
        if (MemoryStartupBytes is { } startup)
        {
            machine.Memory.Startup = startup;
        }

        MemoryRules.Check(machine.Memory);
        machine.Version = Version is null ? host.MachineVersions[^1] : CheckedVersion(host);
        machine.Adapters.Add(new AdapterDefinition { SwitchId = SwitchName is null ? null : FindSwitch(host, SwitchName).Id });
        return machine;
    }

    private string CheckedVersion(VirtualizationHost host)
        => host.MachineVersions.Contains(Version!.ToString())
            ? Version!.ToString()
            : throw new VirtualizationException(ErrorIdentifier.InvalidParameter, $"Failed to create a new virtual machine.\n\nThe configuration version {Version} is not supported.");

    private void Make(VirtualizationHost host, MachineDefinition machine)
    {
        if (machine.Generation == 1)
        {
            machine.Drives.Add(new DriveDefinition { IsDvd = true, ControllerType = ControllerType.IDE, ControllerNumber = 1 });
        }

        AddDisk(host, machine);
        ApplyBootDevice(machine);
        MakeFolder(machine);
        host.Store.Add(machine);
        WriteObject(new VirtualMachine(new Machine(host, machine)));
    }

    private void AddDisk(VirtualizationHost host, MachineDefinition machine)
    {
        if (DiskPath(host, machine) is not { } path)
        {
            return;
        }

        DriveFiles.RequireFormat(machine, path);
        _ = NewVHDPath is null && File.Exists(path) ? DriveFiles.CheckedDisk(machine, path) : path;
        if (NewVHDPath is not null)
        {
            VirtualDisks.Create(new VirtualDiskSpecification(path, VhdType.Dynamic, checked((long)NewVHDSizeBytes)));
        }
        else if (!File.Exists(path))
        {
            throw new VirtualizationException(
                ErrorIdentifier.Unspecified,
                $"Adding the device 'Microsoft:Hyper-V:Virtual Hard Disk' to '{machine.Name}' failed.");
        }

        AddDrive(machine, new DriveDefinition { Path = path }, machine.Generation == 1 ? ControllerType.IDE : ControllerType.SCSI);
    }

    private static void AddDrive(MachineDefinition machine, DriveDefinition drive, ControllerType type)
    {
        DriveSlots.Put(machine, drive, new DrivePlace(type, Number: 0, Location: null));
        machine.AddDrive(drive);
    }

    private string? DiskPath(VirtualizationHost host, MachineDefinition machine)
    {
        if (VHDPath is not null)
        {
            return Absolute(VHDPath);
        }

        if (NewVHDPath is null)
        {
            return null;
        }

        // A bare file name goes beside the machine, or to where the host keeps disks.
        var isBareName = FilePath.GetFileName(NewVHDPath) == NewVHDPath;
        var folder = Path is null ? host.Store.Settings.VirtualHardDiskPath : FilePath.Combine(machine.Path, DiskFolder);
        return isBareName ? FilePath.Combine(folder, NewVHDPath) : Absolute(NewVHDPath);
    }

    private void ApplyBootDevice(MachineDefinition machine)
    {
        foreach (var adapter in machine.Adapters)
        {
            machine.Firmware.BootOrder.Add(adapter.Id);
        }

        if (BootDevice is not { } device)
        {
            return;
        }

        if (machine.Generation == 1)
        {
            machine.Firmware.StartupOrder.Remove(device);
            machine.Firmware.StartupOrder.Insert(0, device);
            return;
        }

        if (device is PowerShell.BootDevice.IDE or PowerShell.BootDevice.Floppy or PowerShell.BootDevice.LegacyNetworkAdapter)
        {
            throw Errors.GenerationTwoHasNoIde();
        }

        if (device == PowerShell.BootDevice.CD)
        {
            AddDrive(machine, new DriveDefinition { IsDvd = true }, ControllerType.SCSI);
        }

        machine.BootFirst(device);
    }

    private static void MakeFolder(MachineDefinition machine)
    {
        try
        {
            Directory.CreateDirectory(machine.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new VirtualizationException(
                ErrorIdentifier.ObjectNotFound,
                $"Failed to create a new virtual machine.\n\nFailed to access configuration store: The system cannot find the path specified. (0x{SystemError.PathNotFound:X8}).",
                innerException: exception);
        }
    }
}
