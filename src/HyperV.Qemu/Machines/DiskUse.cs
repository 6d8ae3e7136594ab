using System.Linq;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Who uses a virtual disk.</summary>
internal static class DiskUse
{
    /// <summary>Whether a host has it mounted, or a machine that is on has it open there.</summary>
    public static bool IsAttached(VirtualizationHost host, string path)
        => host.Mounts.Holds(path) || host.Store.MachineIds()
            .Select(host.Store.Read)
            .OfType<MachineDefinition>()
            .Where(definition => definition.UsesDisk(path))
            .Any(definition => new Machine(host, definition).State is VMState.Running or VMState.Paused);

    /// <summary>Refuses a disk that another host uses.</summary>
    /// <exception cref="VirtualizationException">One does.</exception>
    public static void RequireUnusedElsewhere(VirtualizationHost host, string path)
    {
        if (VirtualizationHost.All.Any(other => other.Name != host.Name && IsAttached(other, path)))
        {
            throw Errors.DiskInUse();
        }
    }
}
