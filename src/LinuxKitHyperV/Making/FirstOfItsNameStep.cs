using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Making;

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
