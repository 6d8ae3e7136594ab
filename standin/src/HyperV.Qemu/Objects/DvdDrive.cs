using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>A DVD drive.</content>
public sealed partial class DvdDrive
{
    internal DvdDrive(VirtualMachineBase owner, DriveDefinition drive)
        : base(owner, drive)
    {
    }

    /// <summary>What lies in it.</summary>
    public DvdMediaType DvdMediaType => Path is null ? DvdMediaType.None : DvdMediaType.ISO;

    private protected override string Kind => "DVD Drive";
}
