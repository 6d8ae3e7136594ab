using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Stops the processors of machines.</content>
[Implements(nameof(Name), nameof(VM), nameof(Passthru))]
public partial class SuspendVM
{
    private protected override void Process() => ForEachMachine(Name, VM, machine =>
    {
        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        if (machine.State == VMState.Paused)
        {
            WriteWarning(AlreadyInState);
        }
        else
        {
            machine.Machine.Pause();
        }

        WritePassthru(Passthru, machine);
    });
}
