using System.Threading;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Moves a machine from a host to another.</summary>
/// <remarks>A machine that runs is saved here and goes on there: Hyper-V does that without an interruption.</remarks>
internal static class Migration
{
    /// <summary>Moves it.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="storageFolder">Where its disks go; null leaves them where they are.</param>
    /// <param name="cancellation">Ends the move.</param>
    /// <returns>The machine on its new host.</returns>
    public static Machine Move(Machine machine, VirtualizationHost destination, string? storageFolder, CancellationToken cancellation)
    {
        if (destination.Store.Folder == machine.Host.Store.Folder)
        {
            throw Errors.OperationFailed(machine.Definition, ErrorIdentifier.InvalidParameter, "could not be moved.", "The virtual machine is on the destination host already.");
        }

        var state = machine.State;
        if (state is VMState.Running or VMState.Paused)
        {
            machine.Save();
        }

        var moved = AtomicFile.Copy(machine.Definition);
        if (storageFolder is not null)
        {
            MachineDisks.Copy(moved, storageFolder, cancellation);
        }

        MachineFolders.CopyAll(machine.Host.Store.MachineFolder(moved.Id), destination.Store.MachineFolder(moved.Id));
        destination.Store.Add(moved);
        machine.Remove();
        var arrived = new Machine(destination, moved);
        if (state == VMState.Running)
        {
            arrived.Start(cancellation);
        }

        return arrived;
    }
}
