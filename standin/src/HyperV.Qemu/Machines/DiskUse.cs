using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;
using Microsoft.Vhd.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Who uses a virtual disk.</summary>
internal static class DiskUse
{
    /// <summary>Whether a host has it mounted, or a machine that is on has it open there.</summary>
    public static bool IsAttached(VirtualizationHost host, string path) => host.Mounts.Holds(path) || MachinesOn(host, path).Any();

    /// <summary>Refuses a disk that cannot get another size now.</summary>
    /// <exception cref="VirtualizationException">It is mounted, or a machine that is on has it, or has one that is based on it.</exception>
    public static void RequireResizable(VirtualizationHost host, string path, VhdFormat format)
    {
        var machines = MachinesOn(host, path).ToList();
        var isOnScsi = machines.TrueForAll(machine => machine.Drives.Exists(drive => drive.Path == path && drive.ControllerType == ControllerType.SCSI));
        if (host.Mounts.Holds(path) || (machines.Count > 0 && !(isOnScsi && format == VhdFormat.VHDX)))
        {
            throw Errors.DiskInUse();
        }

        if (machines.Count > 0)
        {
            throw Errors.NotSupportedByStandIn("Resize-VHD of a disk on SCSI in a running machine");
        }
    }

    /// <summary>Refuses a disk that another host uses.</summary>
    /// <exception cref="VirtualizationException">One does.</exception>
    public static void RequireUnusedElsewhere(VirtualizationHost host, string path)
    {
        if (VirtualizationHost.All.Any(other => other.Name != host.Name && IsAttached(other, path)))
        {
            throw Errors.DiskInUse();
        }
    }

    /// <summary>The machines that are on and use it.</summary>
    private static IEnumerable<MachineDefinition> MachinesOn(VirtualizationHost host, string path) => host.Store.MachineIds()
        .Select(host.Store.Read)
        .OfType<MachineDefinition>()
        .Where(definition => definition.UsesDisk(path) && new Machine(host, definition).State is VMState.Running or VMState.Paused);
}
