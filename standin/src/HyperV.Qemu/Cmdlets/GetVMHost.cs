using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets hosts.</content>
[Implements]
public partial class GetVMHost
{
    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            WriteObject(new VMHost(host));
        }
    }
}
