using System;
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
    [ArgumentCompleter(typeof(VMNameCompleter))]
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
    protected override void ProcessRecord() => ForMachines(new MachineSelection(Hosts, Name, Id, VM), machine =>
    {
        MachineConsole.EndIfOff(machine);
        Process(machine);
    });

    /// <summary>Does the cmdlet's work on one VM.</summary>
    private protected abstract void Process(LinuxKitMachine machine);
}
