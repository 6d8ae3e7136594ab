using System.IO;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Controls;

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
            var files = machine.Definition.Drives.ConvertAll(drive => (drive.Path, Others: drive.IsDvd ? FileShare.Read : FileShare.None));
            machine.Machine.Remove();
            files.ForEach(file => FileHold.Begin(file.Path, file.Others));
            WritePassthru(Passthru, machine);
        }
    }
}
