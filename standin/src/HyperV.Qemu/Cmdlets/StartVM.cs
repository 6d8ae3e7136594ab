using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Powers machines on.</content>
[Implements(nameof(Name), nameof(VM), nameof(Passthru))]
public partial class StartVM
{
    private protected override void Process() => ForEachMachine(Name, VM, Start);

    private void Start(VirtualMachine machine)
    {
        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        switch (machine.State)
        {
            case VMState.Running:
                WriteWarning(AlreadyInState);
                break;
            case VMState.Paused:
                machine.Machine.Resume();
                break;
            default:
                machine.Machine.Start(Cancellation);
                break;
        }

        WritePassthru(Passthru, machine);
    }
}
