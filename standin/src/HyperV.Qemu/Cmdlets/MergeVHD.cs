using System.IO;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Disks;
using Microsoft.HyperV.PowerShell;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Writes what differencing disks hold into a disk that they are based on.</content>
[Implements(nameof(Path), nameof(DestinationPath), nameof(Force), nameof(Passthru))]
public partial class MergeVHD
{
    private protected override void Process()
    {
        var source = Absolute(Path!);
        var chain = VirtualDisks.Chain(source);
        var destination = DestinationPath is null ? VirtualDisks.Read(source).ParentPath : Absolute(DestinationPath);
        var length = destination is null ? -1 : chain.IndexOf(destination);
        if (length < 1)
        {
            throw new VirtualizationException(ErrorIdentifier.InvalidParameter, $"Failed to merge the virtual disk.\n\nThe system failed to merge '{source}': it is not based on the destination.");
        }

        RequireDetached(source);
        if (!ShouldProcess(source, Force))
        {
            return;
        }

        Overlay.Merge(source, destination!, Cancellation);
        chain[..length].ForEach(File.Delete);
        if (Passthru)
        {
            WriteObject(new VirtualHardDisk(Hosts[0], destination!, attached: false));
        }
    }
}
