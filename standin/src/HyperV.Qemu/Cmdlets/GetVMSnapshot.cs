using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets checkpoints.</content>
[Alias("Get-VMCheckpoint")]
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(Name),
    nameof(Id),
    nameof(ChildOf),
    nameof(ParentOf),
    nameof(SnapshotType))]
public partial class GetVMSnapshot
{
    private protected override void Process()
    {
        if (Id is { } id)
        {
            var found = Hosts.SelectMany(AllMachines).SelectMany(machine => machine.Snapshots).FirstOrDefault(snapshot => snapshot.Id == id)
                ?? throw Errors.SnapshotNotFound();
            RequirePresent(found);
            WriteObject(found);
        }
        else if (ChildOf is not null)
        {
            Write(ChildOf.VirtualMachine.Snapshots.Where(snapshot => snapshot.ParentSnapshotId == ChildOf.Id));
        }
        else if (ParentOf is not null)
        {
            var machine = ParentOf as VirtualMachine ?? ((VMSnapshot)ParentOf).VirtualMachine;
            Write(machine.Snapshots.Where(snapshot => snapshot.Id == ParentOf.ParentSnapshotId));
        }
        else
        {
            ForEachMachine(VMName, VM, machine => Write(machine.Snapshots));
        }
    }

    private void Write(IEnumerable<VMSnapshot> snapshots)
    {
        var pattern = Wildcard(Name);
        var found = snapshots
            .Where(snapshot => pattern.IsMatch(snapshot.Name) && (!IsBound(nameof(SnapshotType)) || snapshot.SnapshotType == SnapshotType))
            .ToList();
        if (found.Count == 0 && Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
        {
            throw Errors.SnapshotNotFound();
        }

        WriteObjects(found);
    }
}
