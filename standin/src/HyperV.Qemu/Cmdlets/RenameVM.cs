using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Renames machines; names need not be unique.</content>
[Implements(nameof(Name), nameof(VM), nameof(NewName), nameof(Passthru))]
public partial class RenameVM
{
    private protected override void Process() => ForEachMachine(Name, VM, machine =>
    {
        if (ShouldProcess(machine.Name))
        {
            machine.Machine.Change(definition => definition.Name = NewName!);
            WritePassthru(Passthru, machine);
        }
    });
}
