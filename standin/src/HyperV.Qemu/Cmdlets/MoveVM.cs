using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Moves a machine to another host.</content>
[Implements(
    nameof(Name),
    nameof(VM),
    nameof(DestinationHost),
    nameof(IncludeStorage),
    nameof(DestinationStoragePath),
    nameof(Passthru))]
public partial class MoveVM
{
    private protected override void Process()
        => ForEachMachine(Name is null ? null : [Name], VM is null ? null : [VM], Move);

    private void Move(VirtualMachine machine)
    {
        var destination = Reach(DestinationHost!);
        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        var storage = IncludeStorage || DestinationStoragePath is not null
            ? DestinationStoragePath is null ? destination.Store.Settings.VirtualHardDiskPath : Absolute(DestinationStoragePath)
            : null;
        WritePassthru(Passthru, new VirtualMachine(Migration.Move(machine.Machine, destination, storage, Cancellation)));
    }
}
