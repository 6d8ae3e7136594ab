using System;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Waits for guests.</content>
[Implements(nameof(Name), nameof(VM), nameof(For), nameof(Delay), nameof(Timeout), nameof(Passthru))]
public partial class WaitVM
{
    private protected override void Process() => ForEachMachine(Name, VM, machine =>
    {
        var condition = For switch
        {
            WaitVMTypes.Heartbeat => WaitCondition.Heartbeat,
            WaitVMTypes.IPAddress => WaitCondition.IPAddress,
            _ => throw Errors.NotSupportedByStandIn($"Wait-VM -For {For}"),
        };
        TimeSpan? patience = IsBound(nameof(Timeout)) && Timeout >= 0 ? TimeSpan.FromSeconds(Timeout) : null;
        new GuestWait(machine, condition).Run(TimeSpan.FromSeconds(Math.Max(1, (int)Delay)), patience, Cancellation);
        WritePassthru(Passthru, machine);
    });
}
