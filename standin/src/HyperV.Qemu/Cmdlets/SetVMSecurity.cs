using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Changes what protects machines.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(EncryptStateAndVmMigrationTraffic),
    nameof(VirtualizationBasedSecurityOptOut),
    nameof(Passthru))]
public partial class SetVMSecurity
{
    private protected override void Process() => ForEachMachine(VMName, VM, machine =>
    {
        SecurityRules.RequireKeyProtector(machine);
        if (ShouldProcess(machine.Name))
        {
            machine.Machine.ChangeWhileOff(
                definition =>
                {
                    var security = definition.Security;
                    security.EncryptStateAndVmMigrationTraffic =
                        IsBound(nameof(EncryptStateAndVmMigrationTraffic)) ? EncryptStateAndVmMigrationTraffic : security.EncryptStateAndVmMigrationTraffic;
                    security.VirtualizationBasedSecurityOptOut =
                        IsBound(nameof(VirtualizationBasedSecurityOptOut)) ? VirtualizationBasedSecurityOptOut : security.VirtualizationBasedSecurityOptOut;
                },
                () => Errors.NotModifiableNow(machine.Definition));
            WritePassthru(Passthru, machine);
        }
    });
}
