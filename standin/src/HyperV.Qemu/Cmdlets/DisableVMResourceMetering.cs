using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Ends metering.</content>
[Implements(nameof(VMName), nameof(VM))]
public partial class DisableVMResourceMetering
{
    private protected override void Process()
        => ForEachMachine(VMName, VM, machine => machine.Machine.Change(definition => definition.MeteringSince = null));
}
