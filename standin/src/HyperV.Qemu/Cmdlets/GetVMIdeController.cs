using System.Linq;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets IDE controllers; Generation 2 has none.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMSnapshot), nameof(ControllerNumber))]
public partial class GetVMIdeController
{
    private protected override void Process() => ForEachOwner(VMName, VM, VMSnapshot, owner => WriteObjects(
        owner.IdeControllers.Where(controller => !IsBound(nameof(ControllerNumber)) || controller.ControllerNumber == ControllerNumber)));
}
