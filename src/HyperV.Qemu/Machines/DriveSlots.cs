using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>The places that a machine's controllers have.</summary>
internal static class DriveSlots
{
    /// <summary>A place on a controller.</summary>
    internal readonly record struct Slot(ControllerType Type, int Number, int Location);

    /// <summary>How many SCSI controllers a machine may have.</summary>
    public const int MaximumScsiControllers = 4;

    private const int IdeControllers = 2;
    private const int IdeLocations = 2;
    private const int ScsiLocations = 64;

    /// <summary>Chooses a place: what is not wished for is the first that is free.</summary>
    /// <exception cref="VirtualizationException">There is no such place, or it is taken.</exception>
    public static Slot Choose(MachineDefinition machine, ControllerType? type, int? number, int? location)
    {
        if (machine.Generation == 2 && type == ControllerType.IDE)
        {
            throw Errors.GenerationTwoHasNoIde();
        }

        var candidates = Slots(machine).Where(slot =>
            (type is null || slot.Type == type)
            && (number is null || slot.Number == number)
            && (location is null || slot.Location == location)).ToList();
        if (candidates.Count == 0)
        {
            throw new VirtualizationException(
                ErrorIdentifier.InvalidParameter,
                $"'{machine.Name}' failed to add resources to '{machine.Name}'.\n\nThere is no such location on a controller of the virtual machine.");
        }

        return candidates
            .Where(slot => !machine.Drives.Exists(drive => drive.IsAt(slot.Type, slot.Number, slot.Location)))
            .Select(slot => (Slot?)slot)
            .FirstOrDefault()
            ?? throw new VirtualizationException(
                ErrorIdentifier.InvalidParameter,
                $"'{machine.Name}' failed to add resources to '{machine.Name}'.\n\nThe controller location is already in use, or no location is free.");
    }

    private static IEnumerable<Slot> Slots(MachineDefinition machine)
    {
        var ide = machine.Generation == 1 ? On(ControllerType.IDE, IdeControllers, IdeLocations) : [];
        return ide.Concat(On(ControllerType.SCSI, machine.ScsiControllerCount, ScsiLocations));
    }

    private static IEnumerable<Slot> On(ControllerType type, int controllers, int locations)
        => from number in Enumerable.Range(0, controllers)
           from location in Enumerable.Range(0, locations)
           select new Slot(type, number, location);
}
