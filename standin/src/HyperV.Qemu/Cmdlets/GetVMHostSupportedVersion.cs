using System.Linq;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.State;

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
                HostDefinition.SupportedVersions
                    .Select(version => new VMHostSupportedVersion(host, version))
                    .Where(version => version.IsDefault || !Default));
        }
    }
}
