using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets key protectors: bytes, whatever the output type says.</content>
[Implements(nameof(VMName), nameof(VM))]
public partial class GetVMKeyProtector
{
    private protected override void Process() => ForEachMachine(VMName, VM, machine => WriteObject(machine.Definition.Security.KeyProtector));
}
