using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>A cmdlet that takes VMs which this module made: by name, by id, or from the pipeline.</summary>
public abstract class MachineCommand : LinuxKitCommand
{
    private protected const string NameSet = "Name";
    private protected const string IdSet = "Id";
    private protected const string MachineSet = "VM";

    private protected MachineCommand()
    {
    }

    /// <summary>Names of VMs, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [Alias("VMName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>VMs, as Get-LinuxKitVM, Start-LinuxKitVM and Get-VM emit them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = MachineSet, ValueFromPipeline = true)]
    [PSTypeName(HyperVObject.VirtualMachineTypeName)]
    [ValidateNotNullOrEmpty]
    public PSObject[] VM { get; set; } = [];

    /// <summary>Ids of VMs: what a job's or a remote session's copy of a VM binds by.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [Alias("VMId")]
    public Guid[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var find in Wanted(new MachineFinder(HyperV)))
        {
            ForItem(() =>
            {
                foreach (var machine in find())
                {
                    ForItem(() => Process(machine));
                }
            });
        }
    }

    /// <summary>Does the cmdlet's work on one VM.</summary>
    private protected abstract void Process(LinuxKitMachine machine);

    private IEnumerable<Func<IReadOnlyList<LinuxKitMachine>>> Wanted(MachineFinder finder) => ParameterSetName switch
    {
        // By its id, and fetched afresh: the object may be old, and what we add to one shows on it for all who hold it.
        MachineSet => VM.Select(machine => Single(() => finder.ById(HyperVHost.Local, machine.Id()))),
        IdSet => Id.Select(id => Single(() => finder.ById(HyperVHost.Local, id))),
        _ => Name.Select(name => new Func<IReadOnlyList<LinuxKitMachine>>(() => finder.Ours(HyperVHost.Local, name))),
    };

    private static Func<IReadOnlyList<LinuxKitMachine>> Single(Func<PSObject> find) => () =>
    {
        var found = find();
        return [LinuxKitMachine.From(found) ?? throw MachineFinder.NotOurs(found.Name())];
    };
}
