using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Adds, changes and removes drives; while a machine is on, those on SCSI, and the media of DVD drives.</summary>
internal static class DriveMedia
{
    /// <summary>A machine's first drive of a kind at a place.</summary>
    /// <exception cref="VirtualizationException">There is none.</exception>
    public static IEnumerable<T> At<T>(VirtualMachine machine, DrivePlace place)
        where T : Drive
        => [machine.Controllers.SelectMany(controller => controller.Drives).OfType<T>().FirstOrDefault(place.Holds) ?? throw NotFound()];

    /// <summary>Adds a drive at a place, or at the first that is free.</summary>
    public static DriveDefinition Attach(VirtualMachine machine, bool isDvd, DrivePlace place, string? path)
    {
        var drive = new DriveDefinition { IsDvd = isDvd, Path = path };
        machine.Machine.ChangeLive(
            "failed to add resources.",
            definition =>
            {
                if (!isDvd && path is not null && definition.Drives.Exists(other => other.Path == path))
                {
                    throw new VirtualizationException(
                        ErrorIdentifier.InvalidParameter,
                        $"'{definition.Name}' failed to add resources to '{definition.Name}'.\n\nCannot add '{path}'. The disk is already connected to the virtual machine '{definition.Name}'.");
                }

                DriveSlots.Put(definition, drive, place);
                definition.AddDrive(drive);
            },
            () => Plug(machine.Machine, drive));
        return drive;
    }

    /// <summary>Changes what lies in a drive.</summary>
    public static void Insert(Drive drive, string? path)
    {
        var machine = drive.Machine.Machine;
        var before = drive.Definition;
        var now = before;
        machine.ChangeLive(
            "failed to modify resources.",
            definition =>
            {
                now = Find(definition, drive);
                now.Path = path;
            },
            () =>
            {
                if (now.IsDvd)
                {
                    Attachments.Check(now, machine.Host);
                    machine.Host.Engine.ChangeMedium(Hardware.Of(now), machine.RuntimeFolder);
                }
                else
                {
                    Unplug(machine, before);
                    Plug(machine, now);
                }
            });
    }

    /// <summary>Moves a drive to another place.</summary>
    public static void Move(Drive drive, DrivePlace place)
    {
        var machine = drive.Machine.Machine;
        var before = drive.Definition;
        var now = before;
        machine.ChangeLive(
            "failed to modify resources.",
            definition =>
            {
                now = Find(definition, drive);
                definition.Drives.Remove(now);
                DriveSlots.Put(definition, now, place);
                definition.Drives.Add(now);
            },
            () =>
            {
                RequireHotPlug(now);
                Unplug(machine, before);
                Plug(machine, now);
            });
    }

    /// <summary>Removes a drive.</summary>
    public static void Detach(Drive drive)
    {
        var machine = drive.Machine.Machine;
        var before = drive.Definition;
        machine.ChangeLive(
            "failed to remove resources.",
            definition => definition.RemoveDevice(Find(definition, drive).Id),
            () => Unplug(machine, before));
    }

    private static DriveDefinition Find(MachineDefinition definition, Drive drive)
        => definition.Drives.Find(candidate => candidate.Id == drive.Definition.Id) ?? throw NotFound();

    private static VirtualizationException NotFound()
        => new(ErrorIdentifier.ObjectNotFound, "Hyper-V was unable to find a drive that matches the given criteria.");

    private static void Plug(Machine machine, DriveDefinition drive)
    {
        RequireHotPlug(drive);
        Attachments.Check(drive, machine.Host);
        machine.Host.Engine.AddDrive(Hardware.Of(drive), machine.RuntimeFolder);
    }

    private static void Unplug(Machine machine, DriveDefinition drive)
    {
        RequireHotPlug(drive);
        machine.Host.Engine.RemoveDrive(Hardware.Of(drive), machine.RuntimeFolder);
    }

    /// <summary>Refuses what Hyper-V refuses while a machine is on: IDE drives come and go only while it is off.</summary>
    private static void RequireHotPlug(DriveDefinition drive)
    {
        if (drive.ControllerType == ControllerType.IDE)
        {
            throw Errors.DeviceNotModifiableNow(drive.IsDvd ? "Virtual CD/DVD Disk" : "Virtual Hard Disk");
        }
    }
}
