using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Disks;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Frees blocks of zeros. No trim of a guest comes to a disk here: the modes that go by those are refused.</content>
[Implements(nameof(Path), nameof(Mode), nameof(Passthru))]
public partial class OptimizeVHD
{
    private protected override void Process()
    {
        if (IsBound(nameof(Mode)) && Mode is not (VhdCompactMode.Full or VhdCompactMode.Prezeroed))
        {
            throw Errors.NotSupportedByStandIn($"Optimize-VHD -Mode {Mode}");
        }

        foreach (var path in Path!)
        {
            Guard(() => Optimize(Absolute(path)));
        }
    }

    private void Optimize(string path)
    {
        var disk = VirtualDisks.Read(path);
        RequireDetached(path);
        if (ShouldProcess(path))
        {
            DiskRewrite.Run(path, disk, Cancellation);
            if (Passthru)
            {
                WriteObject(new VirtualHardDisk(Hosts[0], path, attached: false));
            }
        }
    }
}
