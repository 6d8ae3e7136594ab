using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets memory.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMSnapshot))]
public partial class GetVMMemory
{
    private protected override void Process()
        => ForEachOwner(VMName, VM, VMSnapshot, owner => WriteObject(new VMMemory(owner)));
}
