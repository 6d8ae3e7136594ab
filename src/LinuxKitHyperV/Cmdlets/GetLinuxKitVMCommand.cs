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
    [ArgumentCompleter(typeof(VMNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Ids of VMs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [Alias("VMId")]
    public Guid[] Id { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public override string[] ComputerName { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Credential]
    public override PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet)]
    [PSTypeName("Microsoft.Management.Infrastructure.CimSession")]
    [ValidateNotNullOrEmpty]
    public override PSObject[] CimSession { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == NameSet && Name.Length == 0)
        {
            foreach (var host in Hosts)
            {
                ForItem(() => WriteObject(new MachineFinder(HyperV).AllOurs(host).Select(Show), enumerateCollection: true));
            }
        }
        else
        {
            ForMachines(new MachineSelection(Hosts, Name, Id, []), machine => WriteObject(Show(machine)));
        }
    }

    private static PSObject Show(LinuxKitMachine machine)
    {
        MachineConsole.EndIfOff(machine);
        return machine.Decorate();
    }
}
