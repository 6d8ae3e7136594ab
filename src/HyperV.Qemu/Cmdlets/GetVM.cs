using System;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

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
            WriteMachine(id);
        }
        else
        {
            // The one cmdlet that calls a missing name an invalid parameter.
            WriteObjects(FindMachines(Name ?? ["*"], ErrorIdentifier.InvalidParameter));
        }
    }

    private void WriteMachine(Guid id)
    {
        foreach (var host in Hosts)
        {
            var definition = host.Store.Read(id) ?? throw Errors.MachineNotFound(id);
            WriteObject(new VirtualMachine(new Machine(host, definition)));
        }
    }
}
