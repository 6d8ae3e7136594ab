using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Disks;
using Microsoft.HyperV.PowerShell;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Says whether virtual disks are usable.</content>
[Implements(nameof(Path))]
public partial class TestVHD
{
    private protected override void Process()
    {
        foreach (var path in Path!)
        {
            WriteObject(IsUsable(Absolute(path)));
        }
    }

    private bool IsUsable(string path)
    {
        try
        {
            // A differencing disk is as good as all that it is based on.
            for (string? link = path; link is not null; link = VirtualDisks.Read(link).ParentPath)
            {
                Cancellation.ThrowIfCancellationRequested();
            }

            return true;
        }
        catch (VirtualizationException exception)
        {
            WriteError(exception.ToRecord());
            return false;
        }
    }
}
