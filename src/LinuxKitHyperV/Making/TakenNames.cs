using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Making;

/// <summary>Names that are not free for a new VM.</summary>
internal sealed class TakenNames
{
    private readonly List<string> _names;

    /// <summary>The names of VMs, those in the making among them.</summary>
    public TakenNames(IEnumerable<PSObject> machines)
    {
        _names = [.. machines.Select(machine => machine.Name())];
    }

    /// <summary>Refuses a name that a VM has, or that one in the making shall have.</summary>
    /// <exception cref="LinuxKitException">VMExists, VMUnfinished.</exception>
    public void RequireFree(string name)
    {
        if (_names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw Exists(name);
        }

        if (_names.Find(taken => MachineName.IsUnfinished(taken, name)) is { } unfinished)
        {
            throw new LinuxKitException(
                "VMUnfinished",
                FailureKind.ResourceExists,
                $"There is an unfinished VM for the name '{name}': '{unfinished}'. Its making was cut short, or another computer is making it now.",
                unfinished,
                $"Remove it with Remove-LinuxKitVM -Name '{unfinished}' -Force, or give the new one another name with -Name.");
        }
    }

    /// <summary>The error for a name that a VM has.</summary>
    public static LinuxKitException Exists(string name) => new(
        "VMExists",
        FailureKind.ResourceExists,
        $"There is a VM named '{name}' already.",
        name,
        $"Remove it with Remove-LinuxKitVM -Name '{name}', or give the new one another name with -Name.");
}
