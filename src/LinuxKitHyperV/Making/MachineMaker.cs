using System.Collections.Generic;
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
    public void Make(HyperVHost host, MachineRequest request, IReadOnlyList<(string Image, string Name)> wanted) =>
        user.ForEach(_verb, wanted, item => item.Name, item =>
        {
            // A console may be attached for hours, and what is behind in the pipeline may take as long: meanwhile no name is kept from others.
            if (MakeLocked(host, request, item.Image, item.Name) is { } machine)
            {
                Give(machine);
            }
        });

    /// <summary>Makes a VM while nobody else makes one of its name; with -WhatIf it makes none, and has nothing to keep from others.</summary>
    private LinuxKitMachine? MakeLocked(HyperVHost host, MachineRequest request, string image, string name)
    {
        using var held = user.IsWhatIf ? null : MachineNameLock.Acquire(host, name, new PatientWait(user, stopping));
        new TakenNames(new MachineFinder(hyperV).Named(host, [name])).RequireFree(name);
        return Make(settler.Settle(request, host, image, name));
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
