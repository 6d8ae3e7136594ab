using System.Linq;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Makes a machine what it was.</content>
[Alias("Restore-VMCheckpoint")]
[Implements(nameof(VMName), nameof(VM), nameof(VMSnapshot), nameof(Name), nameof(Passthru))]
public partial class RestoreVMSnapshot
{
    private protected override void Process()
    {
        if (VMSnapshot is not null)
        {
            Restore(VMSnapshot);
        }
        else
        {
            ForEachMachine(VMName is null ? null : [VMName], VM is null ? null : [VM], machine => Restore(
                machine.Snapshots.FirstOrDefault(snapshot => Wildcard(Name).IsMatch(snapshot.Name)) ?? throw Errors.SnapshotNotFound()));
        }
    }

    private void Restore(VMSnapshot snapshot)
    {
        if (ShouldProcess(snapshot.Name))
        {
            new Checkpoints(snapshot.VirtualMachine, Cancellation).Apply(snapshot.Snapshot);
            WritePassthru(Passthru, snapshot);
        }
    }
}
