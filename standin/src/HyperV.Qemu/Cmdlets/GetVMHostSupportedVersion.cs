using System.Linq;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets the configuration versions of hosts.</content>
[Implements(nameof(Default))]
public partial class GetVMHostSupportedVersion
{
    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            WriteObjects(
                host.MachineVersions
                    .Select(version => new VMHostSupportedVersion(host, version))
                    .Where(version => version.IsDefault || !Default));
        }
    }
}
