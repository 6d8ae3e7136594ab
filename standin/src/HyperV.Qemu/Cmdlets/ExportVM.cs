using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Writes machines and their disks to folders.</content>
[Implements(nameof(Name), nameof(VM), nameof(Path), nameof(Passthru))]
public partial class ExportVM
{
    private protected override void Process() => ForEachMachine(Name, VM, machine =>
    {
        if (ShouldProcess(machine.Name))
        {
            MachineExport.Write(machine.Machine, Absolute(Path!), Cancellation);
            WritePassthru(Passthru, machine);
        }
    });
}
