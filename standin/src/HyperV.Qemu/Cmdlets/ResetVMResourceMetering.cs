using System;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Begins to meter anew.</content>
[Implements(nameof(VMName), nameof(VM))]
public partial class ResetVMResourceMetering
{
    private protected override void Process()
        => ForEachMachine(VMName, VM, machine => machine.Machine.Change(definition => definition.MeteringSince = definition.MeteringSince is null ? null : DateTime.UtcNow));
}
