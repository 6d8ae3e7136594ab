using System;
using System.Diagnostics;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Commands;

/// <summary>Removes VMs that this module made, and what belongs to them alone.</summary>
[Cmdlet(VerbsCommon.Remove, "LinuxKitVM", DefaultParameterSetName = NameSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveLinuxKitVMCommand : MachineCommand
{
    // No person answers faster: all had been answered, or nothing is asked.
    private static readonly TimeSpan Unasked = TimeSpan.FromMilliseconds(200);

    private DiskUsers? _users;

    /// <summary>Also deletes the data disks that this module made for the VM.</summary>
    [Parameter]
    public SwitchParameter RemoveDisk { get; set; }

    /// <summary>Turns a running VM off first, and does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private DiskUsers Users => _users ??= new DiskUsers(HyperV);

    /// <inheritdoc/>
    protected override void ProcessRecord() => WithProgress("Remove", Find(Selection), machine => machine.Name, Process);

    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine)
    {
        var isOff = Force ? CurrentState.IsAtRest(machine) : Current.Is(MachineCondition.AtRest, machine);
        if (!isOff && !Force)
        {
            throw new LinuxKitException(
                "VMRunning",
                FailureKind.InvalidOperation,
                $"The VM '{machine.Name}' is {machine.Object.State().ToLowerInvariant()}.",
                machine.Name,
                "Stop it with Stop-LinuxKitVM first, or remove it with -Force.");
        }

        var files = OwnFiles.Of(machine, RemoveDisk, Users, WriteWarning);
        var remove = isOff ? "Remove LinuxKit VM" : "Turn off and remove LinuxKit VM";
        var action = files.All.Count == 0 ? remove : $"{remove} and delete {string.Join(", ", files.All)}";
        var asking = Stopwatch.StartNew();
        if (!ShouldProcess(Force, machine.Name, action))
        {
            return;
        }

        // While the user was asked, others may have attached a disk.
        if (asking.Elapsed > Unasked)
        {
            Users.Renew();
        }

        PlanRunner.RunThrough(MachineRemoval.Steps(machine, isOff, files, Users), NewContext());
        Users.Forget(machine.Id);
    }
}
