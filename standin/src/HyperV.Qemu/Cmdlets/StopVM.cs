using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Controls;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Shuts machines down, saves them, or pulls their plugs.</content>
[Alias("spvm")]
[Implements(nameof(Name), nameof(VM), nameof(Save), nameof(TurnOff), nameof(Force), nameof(Passthru))]
public partial class StopVM
{
    private protected override void Process() => ForEachMachine(Name, VM, Stop);

    private void Stop(VirtualMachine machine)
    {
        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        if (machine.State is VMState.Off || (Save && machine.State is VMState.Saved))
        {
            WriteWarning(AlreadyInState);
        }
        else if (TurnOff)
        {
            machine.Machine.TurnOff();
        }
        else if (Save)
        {
            machine.Machine.Save();
        }
        else
        {
            ShutDown(machine);
        }

        WritePassthru(Passthru, machine);
    }

    private void ShutDown(VirtualMachine machine)
    {
        if (machine.State != VMState.Running)
        {
            throw Errors.OperationFailed(
                machine.Definition,
                ErrorIdentifier.InvalidState,
                "failed to shut down.",
                "The operation cannot be performed while the virtual machine is in its current state.");
        }

        if (!HasContact(machine))
        {
            TurnOffWithoutContact(machine);
        }
        else if (!machine.Machine.ShutDown(Force, ShutdownPatience.Current, Cancellation))
        {
            // With -Force the machine is off after this error.
            WriteError(Errors.OperationFailed(machine.Definition, ErrorIdentifier.OperationFailed, "failed to stop.", "Failed to stop.").ToRecord());
            if (Force)
            {
                machine.Machine.TurnOff();
            }
        }
    }

    private static bool HasContact(VirtualMachine machine) =>
        machine.Machine.Status.GuestContact
        && GuestBehavior.Current != GuestBehavior.JustReset
        && VMIntegrationComponent.IsEnabled(machine, VMIntegrationComponent.Shutdown);

    private void TurnOffWithoutContact(VirtualMachine machine)
    {
        var query = $"Hyper-V cannot shut down virtual machine {machine.Name} because the Shutdown integration service is unavailable. "
            + "Turning it off may lose data. Do you want to turn it off?";
        if (Force || Ask(query, "Confirm"))
        {
            machine.Machine.TurnOff();
        }
    }
}
