using System.IO;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Changes hosts.</content>
[Implements(
    nameof(VirtualHardDiskPath),
    nameof(VirtualMachinePath),
    nameof(MacAddressMinimum),
    nameof(MacAddressMaximum),
    nameof(Passthru))]
public partial class SetVMHost
{
    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            if (ShouldProcess(host.Name))
            {
                host.Store.ChangeSettings(Apply);
                WritePassthru(Passthru, new VMHost(host));
            }
        }
    }

    private void Apply(HostDefinition host)
    {
        host.VirtualHardDiskPath = VirtualHardDiskPath is null ? host.VirtualHardDiskPath : CheckedFolder(VirtualHardDiskPath);
        host.VirtualMachinePath = VirtualMachinePath is null ? host.VirtualMachinePath : CheckedFolder(VirtualMachinePath);
        host.MacAddressMinimum = MacAddressMinimum is null ? host.MacAddressMinimum : MacAddresses.Parse(MacAddressMinimum);
        host.MacAddressMaximum = MacAddressMaximum is null ? host.MacAddressMaximum : MacAddresses.Parse(MacAddressMaximum);
    }

    private string CheckedFolder(string path) => Directory.Exists(Absolute(path))
        ? Absolute(path)
        : throw new VirtualizationException(ErrorIdentifier.InvalidParameter, $"The folder '{path}' does not exist.");
}
