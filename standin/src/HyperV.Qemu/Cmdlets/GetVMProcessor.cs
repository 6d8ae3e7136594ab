using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets processors.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMSnapshot))]
public partial class GetVMProcessor
{
    private protected override void Process()
        => ForEachOwner(VMName, VM, VMSnapshot, owner => WriteObject(new VMProcessor(owner)));
}
