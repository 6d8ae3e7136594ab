using System.Management.Automation;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Keeps machines' memory and ends them.</content>
[Alias("savm")]
[Implements(nameof(Name), nameof(VM), nameof(Passthru))]
public partial class SaveVM
{
    private protected override void Process() => ForEachMachine(Name, VM, machine =>
    {
        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        if (machine.State == VMState.Saved)
        {
            WriteWarning(AlreadyInState);
        }
        else
        {
            machine.Machine.Save();
        }

        WritePassthru(Passthru, machine);
    });
}
