using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gives machines a TPM.</content>
[Implements(nameof(VMName), nameof(VM), nameof(Passthru))]
public partial class EnableVMTPM
{
    private protected override void Process() => ForEachMachine(VMName, VM, machine =>
    {
        SecurityRules.RequireGeneration2(machine);
        SecurityRules.RequireKeyProtector(machine);
        if (ShouldProcess(machine.Name))
        {
            machine.Machine.ChangeWhileOff(
                definition => definition.Security.TpmEnabled = true,
                () => Errors.NotModifiableNow(machine.Definition));
            WritePassthru(Passthru, machine);
        }
    });
}
