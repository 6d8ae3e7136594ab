using System.Security.Cryptography;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gives machines key protectors.</content>
[Implements(nameof(VMName), nameof(VM), nameof(KeyProtector), nameof(NewLocalKeyProtector), nameof(Passthru))]
public partial class SetVMKeyProtector
{
    private const int Length = 2048;

    private protected override void Process() => ForEachMachine(VMName, VM, machine =>
    {
        SecurityRules.RequireGeneration2(machine);
        if (ShouldProcess(machine.Name))
        {
            var protector = NewLocalKeyProtector ? RandomNumberGenerator.GetBytes(Length) : KeyProtector!;
            machine.Machine.ChangeWhileOff(
                definition => definition.Security.KeyProtector = protector,
                () => Errors.NotModifiableNow(machine.Definition));
            WritePassthru(Passthru, machine);
        }
    });
}
