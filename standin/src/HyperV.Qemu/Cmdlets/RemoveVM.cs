using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Removes machines; their disks stay.</content>
[Implements(nameof(Name), nameof(VM), nameof(Force), nameof(Passthru))]
public partial class RemoveVM
{
    private protected override void Process() => ForEachMachine(Name, VM, Remove);

    private void Remove(VirtualMachine machine)
    {
        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        if (Force || Ask($"Are you sure you want to remove the virtual machine \"{machine.Name}\"?", "Confirm"))
        {
            machine.Machine.Remove();
            WritePassthru(Passthru, machine);
        }
    }
}
