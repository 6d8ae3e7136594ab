using System.IO;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Disks;
using HyperV.Qemu.Hosts;
using Microsoft.HyperV.PowerShell;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Mounts disks. There are no drive letters here to give or to keep back.</content>
[Implements(nameof(Path), nameof(NoDriveLetter), nameof(ReadOnly), nameof(Passthru))]
public partial class MountVHD
{
    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            foreach (var path in Path!)
            {
                Guard(() => Mount(host, Absolute(path)));
            }
        }
    }

    private void Mount(VirtualizationHost host, string path)
    {
        _ = VirtualDisks.Read(path);
        if (!ShouldProcess(path))
        {
            return;
        }

        try
        {
            host.Mounts.Mount(path, ReadOnly, Cancellation);
        }
        catch (IOException exception)
        {
            throw new VirtualizationException(
                ErrorIdentifier.OperationFailed,
                $"Failed to mount the virtual disk.\n\nThe system failed to mount '{path}'. {exception.Message}",
                innerException: exception);
        }

        if (Passthru)
        {
            WriteObject(new VirtualHardDisk(host, path, attached: true));
        }
    }
}
