using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets floppy disk drives; Generation 2 has none.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMSnapshot))]
public partial class GetVMFloppyDiskDrive
{
    private protected override void Process() => ForEachOwner(VMName, VM, VMSnapshot, owner =>
    {
        if (owner.FloppyDrive is { } drive)
        {
            WriteObject(drive);
        }
    });
}
