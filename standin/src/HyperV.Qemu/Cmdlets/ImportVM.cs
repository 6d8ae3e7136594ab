using System;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Makes machines of what Export-VM wrote.</content>
[Implements(
    nameof(Path),
    nameof(Register),
    nameof(Copy),
    nameof(GenerateNewId),
    nameof(VirtualMachinePath),
    nameof(VhdDestinationPath))]
public partial class ImportVM
{
    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            var machine = MachineExport.Read(Absolute(Path!));
            if (ShouldProcess(machine.Name))
            {
                Guard(() => Import(host, machine));
            }
        }
    }

    private void Import(VirtualizationHost host, MachineDefinition machine)
    {
        if (GenerateNewId)
        {
            machine.Id = Guid.NewGuid();
        }

        if (Copy)
        {
            machine.Path = VirtualMachinePath is null ? host.Store.Settings.VirtualMachinePath : Absolute(VirtualMachinePath);
            MachineDisks.Copy(machine, VhdDestinationPath is null ? host.Store.Settings.VirtualHardDiskPath : Absolute(VhdDestinationPath), Cancellation);
        }

        MachineExport.Register(host, machine, Absolute(Path!));
        WriteObject(new VirtualMachine(new Machine(host, machine)));
    }
}
