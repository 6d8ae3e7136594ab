using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Making;

/// <summary>Makes VMs, and starts them where there is a starter.</summary>
internal sealed class MachineMaker(IHyperV hyperV, IUser user, CancellationToken stopping, RequestSettler settler, MachineStarter? starter)
{
    private readonly string _verb = starter is null ? "Create" : "Create and start";

    /// <summary>Makes VMs of a host, one after the other.</summary>
    /// <param name="host">The host.</param>
    /// <param name="request">What was asked for of each.</param>
    /// <param name="wanted">Their images and names.</param>
    /// <exception cref="LinuxKitException">VMQueryFailed, VMNameLocked.</exception>
    public void Make(HyperVHost host, MachineRequest request, IReadOnlyList<(string Image, string Name)> wanted)
    {
        using var names = MachineNameLock.Acquire(host, wanted.Select(item => item.Name), new PatientWait(user, stopping));
        var taken = new TakenNames(new MachineFinder(hyperV).Named(host, wanted.Select(item => item.Name)));
        user.ForEach(_verb, wanted, item => item.Name, item =>
        {
            taken.RequireFree(item.Name);
            if (Make(settler.Settle(request, host, item.Image, item.Name)) is { } machine)
            {
                taken.Add(item.Name);

                // A console may be attached for hours, and what is behind in the pipeline may take as long.
                names.Release(item.Name);
                Give(machine);
            }
        });
    }

    /// <returns>Null for a VM that the user does not want.</returns>
    private LinuxKitMachine? Make(MachineSpec spec)
    {
        var made = MachinePlan.Create(spec, hyperV);
        var plan = starter is null ? made : starter.Complete(made);
        var description = $"{_verb} the VM '{spec.Name}' for '{spec.ImagePath}'";

        // -Verbose tells each step when it is done.
        if (!user.Allows(user.IsWhatIf ? $"{description}:\n{plan}" : description, $"{description}?"))
        {
            return null;
        }

        var context = new PlanContext(hyperV, user, stopping);
        PlanRunner.Run(plan.Steps, context);
        return plan.Machine.In(context);
    }

    private void Give(LinuxKitMachine machine)
    {
        if (starter is null)
        {
            user.Give(machine);
        }
        else
        {
            starter.Follow(machine);
        }
    }
}
