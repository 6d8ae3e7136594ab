using System;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Begins to meter.</content>
[Implements(nameof(VMName), nameof(VM))]
public partial class EnableVMResourceMetering
{
    private protected override void Process()
        => ForEachMachine(VMName, VM, machine => machine.Machine.Change(definition => definition.MeteringSince ??= DateTime.UtcNow));
}
