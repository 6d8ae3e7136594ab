using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Making;

/// <summary>Removes a VM that was made, running or not.</summary>
/// <param name="Machine">The VM, if the call that made it has returned.</param>
/// <param name="UnfinishedName">The name under which it was made: a stopped call may have done its work without returning it.</param>
/// <param name="Host">The host that it was made on.</param>
internal sealed record RemoveMachineUndo(StepOutput<PSObject> Machine, string UnfinishedName, HyperVHost Host) : Undo(
    $"the VM '{UnfinishedName}'",
    "Remove it with Remove-LinuxKitVM -Force.")
{
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        // A VM that is about to start, or to stop, can be neither turned off nor removed, and does not always seem to be on.
        HyperVResult last = null!;
        context.Wait.Until($"'{UnfinishedName}' to be removed", RetryTime, RetryInterval, () =>
        {
            last = Remove(context);
            return last.FirstError is not { } error || !HyperVErrors.IsInvalidState(error);
        });
        last.ThrowIfFailed();
    }

    private HyperVResult Remove(PlanContext context)
    {
        var found = context.HyperV.Invoke(context.Find(Machine) is { } machine
            ? Host.GetMachine(machine.Id())
            : Host.GetMachines(ExactName.ToPattern(UnfinishedName)));
        if (!found.IsMissing(context.HyperV, Host))
        {
            found.ThrowIfFailed();
        }

        foreach (var left in found.Output)
        {
            if (!left.IsAtRest() && context.HyperV.Invoke(HyperVCall.TurnOff(left)) is { FirstError: not null } isOn)
            {
                return isOn;
            }

            if (context.HyperV.Invoke(HyperVCall.Remove(left)) is { FirstError: not null } stays)
            {
                return stays;
            }
        }

        return new HyperVResult([], []);
    }
}

/// <summary>
/// A step that looks whether another computer has made a VM of the same name meanwhile, or is making one. The one that
/// was created first stays, and of two of one moment that with the lower id: both computers come to the same result.
/// </summary>
/// <remarks>
/// A VM in the making is told by its temporary name, so that the first one is seen by whoever comes later, even if it is
/// finished later. On one computer <see cref="MachineNameLock"/> does the same without a call.
/// </remarks>
/// <param name="Spec">What the VM is.</param>
/// <param name="Machine">The VM.</param>
internal sealed record FirstOfItsNameStep(MachineSpec Spec, StepOutput<PSObject> Machine) : PlanStep("Look whether it is the first VM of its name")
{
    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        var made = Machine.In(context);
        if (new MachineFinder(context.HyperV).Named(Spec.Host, [Spec.Name]).Any(other => IsOfTheName(other) && IsBefore(other, made)))
        {
            throw TakenNames.Exists(Spec.Name);
        }
    }

    private bool IsOfTheName(PSObject machine) => machine.IsNamed(Spec.Name) || MachineName.IsUnfinished(machine.Name(), Spec.Name);

    private static bool IsBefore(PSObject one, PSObject other) =>
        (one.CreationTime(), one.Id()).CompareTo((other.CreationTime(), other.Id())) < 0;
}

/// <summary>A VM's notes with its mark. The mark identifies the files that earlier steps have made.</summary>
/// <param name="Mark">The mark.</param>
/// <param name="Notes">The notes that the VM has; null for none.</param>
/// <param name="Disks">Hyper-V's objects of the disks, as far as they are made.</param>
/// <param name="Files">What the other files are known by, as far as they are made.</param>
/// <param name="Folder">Tells of the folder that was made for them; null where none was to be.</param>
internal sealed record MarkNotes(
    OwnershipMark Mark,
    string? Notes,
    IReadOnlyList<StepOutput<PSObject>> Disks,
    IReadOnlyList<StepOutput<string>> Files,
    StepOutput<string>? Folder) : IPlanValue<string>
{
    /// <inheritdoc/>
    public string In(PlanContext context)
    {
        var made = Disks.Select(context.Find).OfType<PSObject>().Select(FileIdentity.OfDisk).Concat(Files.Select(context.Find));
        return (Mark with { Folder = (Folder is null ? null : context.Find(Folder)) ?? Mark.Folder, Made = [.. Mark.Made, .. made.OfType<string>()] }).WriteTo(Notes);
    }
}
