using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets the firmware of Generation 2.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMSnapshot))]
public partial class GetVMFirmware
{
    private protected override void Process() => ForEachOwner(VMName, VM, VMSnapshot, owner =>
        WriteObject(owner.Generation == 2
            ? new VMFirmware(owner)
            : throw Errors.GenerationOneHasNoFirmware(owner.Definition)));
}
