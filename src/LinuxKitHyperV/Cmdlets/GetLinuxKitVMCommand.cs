using System;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Gets the VMs that this module made.</summary>
[Cmdlet(VerbsCommon.Get, "LinuxKitVM", DefaultParameterSetName = NameSet)]
[OutputType(LinuxKitMachine.TypeName, HyperVObject.VirtualMachineTypeName)]
public sealed class GetLinuxKitVMCommand : LinuxKitCommand
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>Names of VMs, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [Alias("VMName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Ids of VMs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [Alias("VMId")]
    public Guid[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var finder = new MachineFinder(HyperV);
        if (ParameterSetName == IdSet)
        {
            foreach (var id in Id)
            {
                ForItem(() => WriteObject((LinuxKitMachine.From(finder.ById(HyperVHost.Local, id)) ?? throw MachineFinder.NotOurs(id.ToString())).Decorate()));
            }
        }
        else if (Name is null)
        {
            var machines = ForAll(() => finder.All(HyperVHost.Local));
            WriteObject(machines.Select(LinuxKitMachine.From).OfType<LinuxKitMachine>().Select(machine => machine.Decorate()), enumerateCollection: true);
        }
        else
        {
            foreach (var name in Name)
            {
                ForItem(() => WriteObject(finder.Ours(HyperVHost.Local, name).Select(machine => machine.Decorate()), enumerateCollection: true));
            }
        }
    }
}
