using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Lets the processors of paused machines go on.</content>
[Implements(nameof(Name), nameof(VM), nameof(Passthru))]
public partial class ResumeVM
{
    private protected override void Process() => ForEachMachine(Name, VM, machine =>
    {
        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        if (machine.State == VMState.Running)
        {
            WriteWarning(AlreadyInState);
        }
        else
        {
            machine.Machine.Resume();
        }

        WritePassthru(Passthru, machine);
    });
}
