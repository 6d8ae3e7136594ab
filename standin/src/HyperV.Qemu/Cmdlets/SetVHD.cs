using System;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Disks;
using Microsoft.HyperV.PowerShell;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Changes what virtual disks say of themselves. A differencing disk does not keep its parent's id here, so ids are not compared.</content>
[Implements(
    nameof(Path),
    nameof(ParentPath),
    nameof(PhysicalSectorSizeBytes),
    nameof(ResetDiskIdentifier),
    nameof(Force),
    nameof(Passthru))]
public partial class SetVHD
{
    private protected override void Process()
    {
        var path = Absolute(Path!);
        RequireDetached(path);
        if (!ShouldProcess(path))
        {
            return;
        }

        if (ParentPath is not null)
        {
            SetParent(path);
        }
        else if (!ResetDiskIdentifier)
        {
            SetSectorSize(path);
        }
        else if (Force || Ask($"The disk '{path}' gets a new identifier. Do you want to go on?", "Confirm"))
        {
            DiskRewrite.Run(path, VirtualDisks.Read(path) with { Identifier = Guid.NewGuid() }, Cancellation);
        }

        if (Passthru)
        {
            WriteObject(new VirtualHardDisk(Hosts[0], path, attached: false));
        }
    }

    /// <remarks>The disk is not read as a whole: that its parent is gone is why this is called.</remarks>
    private void SetParent(string path)
    {
        if (!Overlay.IsAt(path))
        {
            throw Failed(path, "It is not a differencing virtual hard disk.");
        }

        var parent = Absolute(ParentPath!);
        _ = VirtualDisks.Read(parent);
        Overlay.SetParent(path, parent, Cancellation);
    }

    private void SetSectorSize(string path)
    {
        var disk = VirtualDisks.Read(path);
        if (disk.Format != VhdFormat.VHDX)
        {
            throw Failed(path, "The format VHD has no physical sector size.");
        }

        DiskRewrite.Run(path, disk with { PhysicalSectorSize = PhysicalSectorSizeBytes }, Cancellation);
    }

    private static VirtualizationException Failed(string path, string reason)
        => new(ErrorIdentifier.InvalidParameter, $"Failed to modify the virtual hard disk.\n\nThe system failed to modify '{path}': {reason}");
}
