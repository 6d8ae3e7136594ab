using System.Linq;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets SCSI controllers.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMSnapshot), nameof(ControllerNumber))]
public partial class GetVMScsiController
{
    private protected override void Process() => ForEachOwner(VMName, VM, VMSnapshot, owner => WriteObjects(
        owner.ScsiControllers.Where(controller => !IsBound(nameof(ControllerNumber)) || controller.ControllerNumber == ControllerNumber)));
}
