using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets the BIOS of Generation 1.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMSnapshot))]
public partial class GetVMBios
{
    private protected override void Process() => ForEachOwner(VMName, VM, VMSnapshot, owner =>
        WriteObject(owner.Generation == 1
            ? new VMBios(owner)
            : throw Errors.GenerationTwoHasNoBios(owner.Definition)));
}
