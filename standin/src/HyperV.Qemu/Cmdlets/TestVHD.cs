using System.Linq;
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
        foreach (var path in Hosts.SelectMany(_ => Path!))
        {
            WriteObject(IsUsable(Absolute(path)));
        }
    }

    private bool IsUsable(string path)
    {
        try
        {
            // A differencing disk is as good as all that it is based on.
            return VirtualDisks.Chain(path).Count > 0;
        }
        catch (VirtualizationException exception)
        {
            WriteError(exception.ToRecord());
            return false;
        }
    }
}
