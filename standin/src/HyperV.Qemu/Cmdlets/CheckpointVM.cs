using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Makes checkpoints.</content>
[Implements(nameof(Name), nameof(VM), nameof(SnapshotName), nameof(Passthru))]
public partial class CheckpointVM
{
    private protected override void Process() => ForEachMachine(Name, VM, machine =>
    {
        if (ShouldProcess(machine.Name))
        {
            var snapshot = new Checkpoints(machine, Cancellation).Create(SnapshotName);
            WritePassthru(Passthru, new VMSnapshot(machine, snapshot));
        }
    });
}
