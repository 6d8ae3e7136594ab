using System;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Reports what machines used.</content>
[Implements(nameof(Name), nameof(VM))]
public partial class MeasureVM
{
    private protected override void Process() => ForEachMachine(Name, VM, machine => WriteObject(
        machine.Definition.MeteringSince is { } since
            ? new VMMeteringReportForVirtualMachine(machine, DateTime.UtcNow - since)
            : throw new VirtualizationException(ErrorIdentifier.InvalidOperation, $"Resource metering is not enabled for the virtual machine '{machine.Name}'.")));
}
