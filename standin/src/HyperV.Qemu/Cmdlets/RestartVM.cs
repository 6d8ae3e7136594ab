using System;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Resets machines.</content>
[Implements(
    nameof(Name),
    nameof(VM),
    nameof(Force),
    nameof(Type),
    nameof(Wait),
    nameof(For),
    nameof(Delay),
    nameof(Timeout),
    nameof(Passthru))]
public partial class RestartVM
{
    private protected override void Process() => ForEachMachine(Name, VM, Restart);

    private void Restart(VirtualMachine machine)
    {
        if (Type == RestartType.Reboot)
        {
            throw Errors.NotSupportedByStandIn("Restart-VM -Type Reboot: it can only reset");
        }

        if (!ShouldProcess(machine.Name)
            || !(Force || Ask($"Are you sure you want to restart the virtual machine \"{machine.Name}\"?", "Confirm")))
        {
            return;
        }

        machine.Machine.Reset();
        if (Wait)
        {
            var condition = For == WaitVMTypes.IPAddress ? WaitCondition.IPAddress : WaitCondition.Heartbeat;
            new GuestWait(machine, condition).Run(TimeSpan.FromSeconds(Math.Max(1, (int)Delay)), Seconds(Timeout), Cancellation);
        }

        WritePassthru(Passthru, machine);
    }

    private static TimeSpan? Seconds(int? timeout) => timeout is >= 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}
