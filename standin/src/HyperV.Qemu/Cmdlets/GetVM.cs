using System.Linq;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets machines.</content>
[Alias("gvm")]
[Implements(nameof(Name), nameof(Id))]
public partial class GetVM
{
    private protected override void Process()
    {
        if (Id is { } id)
        {
            WriteObjects(Hosts.Select(host => FindMachine(host, id)));
        }
        else
        {
            // The one cmdlet that calls a missing name an invalid parameter.
            WriteObjects(FindMachines(Name ?? ["*"], ErrorIdentifier.InvalidParameter));
        }
    }
}
