using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets what protects machines.</content>
[Implements(nameof(VMName), nameof(VM))]
public partial class GetVMSecurity
{
    private protected override void Process() => ForEachMachine(VMName, VM, machine => WriteObject(new VMSecurity(machine)));
}
