using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Gets serial ports.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMSnapshot), nameof(Number))]
public partial class GetVMComPort
{
    private protected override void Process() => ForEachOwner(VMName, VM, VMSnapshot, owner =>
    {
        foreach (var port in new[] { owner.ComPort1, owner.ComPort2 })
        {
            if (!IsBound(nameof(Number)) || Number == port.Number)
            {
                WriteObject(port);
            }
        }
    });
}
