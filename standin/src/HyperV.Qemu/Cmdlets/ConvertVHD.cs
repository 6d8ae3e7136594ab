using System.IO;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Disks;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Makes a disk of another format or type from a disk.</content>
[Implements(
    nameof(Path),
    nameof(DestinationPath),
    nameof(VHDType),
    nameof(BlockSizeBytes),
    nameof(DeleteSource),
    nameof(Passthru))]
public partial class ConvertVHD
{
    private protected override void Process()
    {
        var (source, destination) = (Absolute(Path!), Absolute(DestinationPath!));
        var disk = VirtualDisks.Read(source);
        RequireDetached(source);
        if (VHDType == VhdType.Differencing)
        {
            throw Errors.NotSupportedByStandIn("Convert-VHD -VHDType Differencing");
        }

        if (!ShouldProcess(source))
        {
            return;
        }

        var type = IsBound(nameof(VHDType)) ? VHDType : disk.Type == VhdType.Fixed ? VhdType.Fixed : VhdType.Dynamic;
        var wanted = new VirtualDiskSpecification(destination, type, disk.Size);
        wanted = wanted with { BlockSize = IsBound(nameof(BlockSizeBytes)) ? BlockSizeBytes : wanted.BlockSize };
        VirtualDisks.CreateFrom(source, wanted, Cancellation);
        if (DeleteSource)
        {
            File.Delete(source);
        }

        if (Passthru)
        {
            WriteObject(new VirtualHardDisk(Hosts[0], destination, attached: false));
        }
    }
}
