using System.Linq;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Renames checkpoints.</content>
[Alias("Rename-VMCheckpoint")]
[Implements(nameof(VMName), nameof(VM), nameof(VMSnapshot), nameof(Name), nameof(NewName), nameof(Passthru))]
public partial class RenameVMSnapshot
{
    private protected override void Process()
    {
        if (VMSnapshot is not null)
        {
            Rename(VMSnapshot);
        }
        else
        {
            ForEachMachine(VMName is null ? null : [VMName], VM is null ? null : [VM], machine => Rename(
                machine.Snapshots.FirstOrDefault(snapshot => Wildcard(Name).IsMatch(snapshot.Name)) ?? throw Errors.SnapshotNotFound()));
        }
    }

    private void Rename(VMSnapshot snapshot)
    {
        if (ShouldProcess(snapshot.Name))
        {
            snapshot.VirtualMachine.Machine.Change(machine =>
                (machine.Snapshots.Find(candidate => candidate.Id == snapshot.Id) ?? throw Errors.SnapshotNotFound()).Machine.Name = NewName!);
            WritePassthru(Passthru, snapshot);
        }
    }
}
