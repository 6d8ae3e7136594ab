using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Removes VMs that this module made, and what belongs to them alone.</summary>
[Cmdlet(VerbsCommon.Remove, "LinuxKitVM", DefaultParameterSetName = NameSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveLinuxKitVMCommand : MachineCommand
{
    /// <summary>Also deletes the data disks that this module made for the VM.</summary>
    [Parameter]
    public SwitchParameter RemoveDisk { get; set; }

    /// <summary>Turns a running VM off first, and does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine)
    {
        // Only disks that we made and that are still this VM's: a mark may be forged, and a disk may have moved on.
        var attached = machine.Object.DiskPaths();
        var disks = RemoveDisk && machine.Mark is { } mark
            ? mark.Disks.Where(disk => attached.Contains(disk, StringComparer.OrdinalIgnoreCase)).ToList()
            : [];
        var action = disks.Count == 0 ? "Remove LinuxKit VM" : $"Remove LinuxKit VM and delete {string.Join(", ", disks)}";
        if (!ShouldProcess(Force, machine.Name, action))
        {
            return;
        }

        var isOff = machine.Object.State() is "Off" or "Saved";
        if (!isOff)
        {
            TurnOff(machine);
        }

        Invoke(machine, new HyperVCall(HyperVCommand.RemoveVM) { { "VM", machine.Object }, { "Force", true } }, "VMRemovalFailed", "could not be removed");
        foreach (var disk in disks)
        {
            ForItem(() => Delete(disk));
        }
    }

    private void TurnOff(LinuxKitMachine machine)
    {
        if (!Force)
        {
            throw new LinuxKitException(
                "VMRunning",
                FailureKind.InvalidOperation,
                $"The VM '{machine.Name}' is {machine.Object.State().ToLowerInvariant()}.",
                machine.Name,
                "Stop it with Stop-VM first, or remove it with -Force.");
        }

        Invoke(machine, new HyperVCall(HyperVCommand.StopVM) { { "VM", machine.Object }, { "TurnOff", true }, { "Force", true } }, "VMTurnOffFailed", "could not be turned off");
    }

    private void Invoke(LinuxKitMachine machine, HyperVCall call, string errorId, string what) =>
        Call(call, new CallFailure(errorId, $"The VM '{machine.Name}' {what}.", machine.Name, "Look at its state with Get-VM, and try again."));

    private static void Delete(string disk)
    {
        try
        {
            File.Delete(disk);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LinuxKitException(
                "DiskRemovalFailed",
                FailureKind.WriteError,
                $"The VM is removed, but its disk '{disk}' could not be deleted. {exception.Message}",
                disk,
                "Delete the file when nothing uses it any more.",
                exception);
        }
    }
}
