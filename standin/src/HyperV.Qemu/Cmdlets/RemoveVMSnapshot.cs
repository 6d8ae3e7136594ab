using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Removes checkpoints; what was written since stays.</content>
[Alias("Remove-VMCheckpoint")]
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMSnapshot),
    nameof(Name),
    nameof(IncludeAllChildSnapshots),
    nameof(Passthru))]
public partial class RemoveVMSnapshot
{
    private protected override void Process()
    {
        if (VMSnapshot is not null)
        {
            foreach (var snapshot in VMSnapshot)
            {
                Guard(() => Remove(snapshot));
            }
        }
        else
        {
            ForEachMachine(VMName, VM, machine => Find(machine).ForEach(Remove));
        }
    }

    private List<VMSnapshot> Find(VirtualMachine machine)
    {
        var patterns = (Name ?? ["*"]).Select(Wildcard).ToList();
        var found = machine.Snapshots.Where(snapshot => patterns.Exists(pattern => pattern.IsMatch(snapshot.Name))).ToList();
        return found.Count > 0 ? found : throw Errors.SnapshotNotFound();
    }

    private void Remove(VMSnapshot snapshot)
    {
        if (IncludeAllChildSnapshots)
        {
            snapshot.VirtualMachine.Snapshots.Where(child => child.ParentSnapshotId == snapshot.Id).ToList().ForEach(Remove);
        }

        if (!snapshot.IsDeleted && ShouldProcess(snapshot.Name))
        {
            new Checkpoints(snapshot.VirtualMachine, Cancellation).Remove(snapshot.Snapshot);
            WritePassthru(Passthru, snapshot);
        }
    }
}
