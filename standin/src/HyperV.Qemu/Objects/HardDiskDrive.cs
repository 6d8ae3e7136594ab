using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>A disk.</content>
public sealed partial class HardDiskDrive
{
    internal HardDiskDrive(VirtualMachineBase owner, DriveDefinition drive)
        : base(owner, drive)
    {
    }

    private protected override string Kind => "Hard Drive";
}
