using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>The places that a machine's controllers have.</summary>
internal static class DriveSlots
{
    /// <summary>How many SCSI controllers a machine may have.</summary>
    public const int MaximumScsiControllers = 4;

    private const int IdeControllers = 2;
    private const int IdeLocations = 2;
    private const int ScsiLocations = 64;

    /// <summary>Gives a drive a place: what is not wished for is the first that is free.</summary>
    /// <exception cref="VirtualizationException">There is no such place, or it is taken.</exception>
    public static void Put(MachineDefinition machine, DriveDefinition drive, DrivePlace wish)
    {
        if (machine.Generation == 2 && wish.Type == ControllerType.IDE)
        {
            throw Errors.GenerationTwoHasNoIde();
        }

        var wished = Slots(machine).Where(slot => wish.Covers(slot.Type, slot.Number, slot.Location)).ToList();
        if (wished.Count == 0)
        {
            throw NoPlace(machine, "There is no such location on a controller of the virtual machine.");
        }

        var free = wished.FindIndex(slot => !machine.Drives.Exists(other => other.IsAt(slot.Type, slot.Number, slot.Location)));
        if (free < 0)
        {
            throw NoPlace(machine, "The controller location is already in use, or no location is free.");
        }

        (drive.ControllerType, drive.ControllerNumber, drive.ControllerLocation) = wished[free];
    }

    private static IEnumerable<(ControllerType Type, int Number, int Location)> Slots(MachineDefinition machine)
    {
        var ide = machine.Generation == 1 ? On(ControllerType.IDE, IdeControllers, IdeLocations) : [];
        return ide.Concat(On(ControllerType.SCSI, machine.ScsiControllerCount, ScsiLocations));
    }

    private static IEnumerable<(ControllerType Type, int Number, int Location)> On(ControllerType type, int controllers, int locations)
        => from number in Enumerable.Range(0, controllers)
           from location in Enumerable.Range(0, locations)
           select (type, number, location);

    private static VirtualizationException NoPlace(MachineDefinition machine, string reason)
        => new(ErrorIdentifier.InvalidParameter, $"'{machine.Name}' failed to add resources to '{machine.Name}'.\n\n{reason}");
}
