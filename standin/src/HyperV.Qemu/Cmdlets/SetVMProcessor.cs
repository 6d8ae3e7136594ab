using System.Linq;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Changes processors.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMProcessor),
    nameof(Count),
    nameof(Maximum),
    nameof(Reserve),
    nameof(RelativeWeight),
    nameof(CompatibilityForMigrationEnabled),
    nameof(CompatibilityForOlderOperatingSystemsEnabled),
    nameof(HwThreadCountPerCore),
    nameof(ExposeVirtualizationExtensions),
    nameof(Passthru))]
public partial class SetVMProcessor
{
    private protected override void Process()
        => ForEachMachine(VMName, VM ?? VMProcessor?.Select(processor => processor.Machine), Set);

    private void Set(VirtualMachine machine)
    {
        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        machine.Machine.ChangeWhileOff(
            definition =>
            {
                var processor = definition.Processor;
                processor.Count = Count is { } count ? ProcessorRules.CheckedCount(count) : processor.Count;
                processor.Maximum = Maximum ?? processor.Maximum;
                processor.Reserve = Reserve ?? processor.Reserve;
                processor.RelativeWeight = RelativeWeight ?? processor.RelativeWeight;
                processor.CompatibilityForMigrationEnabled = CompatibilityForMigrationEnabled ?? processor.CompatibilityForMigrationEnabled;
                processor.CompatibilityForOlderOperatingSystemsEnabled =
                    CompatibilityForOlderOperatingSystemsEnabled ?? processor.CompatibilityForOlderOperatingSystemsEnabled;
                processor.HwThreadCountPerCore = HwThreadCountPerCore ?? processor.HwThreadCountPerCore;
                processor.ExposeVirtualizationExtensions = ExposeVirtualizationExtensions ?? processor.ExposeVirtualizationExtensions;
                ProcessorRules.Check(processor);
            },
            () => Errors.DeviceNotModifiableNow("Processor"));
        WritePassthru(Passthru, new VMProcessor(machine));
    }
}
