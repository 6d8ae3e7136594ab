using System;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Shuts machines down, saves them, or pulls their plugs.</content>
[Alias("spvm")]
[Implements(nameof(Name), nameof(VM), nameof(Save), nameof(TurnOff), nameof(Force), nameof(Passthru))]
public partial class StopVM
{
    /// <summary>How long a guest may take to shut down.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

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

        if (!machine.Machine.Status.GuestContact || !VMIntegrationComponent.IsEnabled(machine, VMIntegrationComponent.Shutdown))
        {
            TurnOffWithoutContact(machine);
        }
        else if (!machine.Machine.ShutDown(Patience, Cancellation))
        {
            throw Errors.OperationFailed(machine.Definition, ErrorIdentifier.OperationFailed, "failed to stop.", "Failed to stop.");
        }
    }

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
