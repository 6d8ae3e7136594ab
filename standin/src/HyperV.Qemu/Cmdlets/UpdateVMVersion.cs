using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gives machines the newest configuration version.</content>
[Implements(nameof(Name), nameof(VM), nameof(Force), nameof(Passthru))]
public partial class UpdateVMVersion
{
    private protected override void Process() => ForEachMachine(Name, VM, machine =>
    {
        if (ShouldProcess(machine.Name, Force))
        {
            machine.Machine.ChangeWhileOff(
                definition => definition.Version = machine.Machine.Host.MachineVersions[^1],
                () => Errors.NotModifiableNow(machine.Definition));
            WritePassthru(Passthru, machine);
        }
    });
}
