using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Disks;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Frees what disks do not use; every mode does the same here.</content>
[Implements(nameof(Path), nameof(Mode), nameof(Passthru))]
public partial class OptimizeVHD
{
    private protected override void Process()
    {
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
