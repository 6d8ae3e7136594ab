using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>A cmdlet that takes VMs which this module made: by name, by id, or from the pipeline.</summary>
public abstract class MachineCommand : HostCommand
{
    private protected const string MachineSet = "VM";

    private protected MachineCommand()
    {
    }

    /// <summary>Names of VMs, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true)]
    [Alias("VMName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VMNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>VMs, as Get-LinuxKitVM, Start-LinuxKitVM and Get-VM emit them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = MachineSet, ValueFromPipeline = true)]
    [PSTypeName(HyperVObject.VirtualMachineTypeName)]
    [VMObject]
    [ValidateNotNullOrEmpty]
    public PSObject[] VM { get; set; } = [];

    /// <summary>The VMs that were asked for.</summary>
    private protected MachineSelection Selection => new(Hosts, Name, Id, VM);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForMachines(Selection, Process);

    /// <summary>Does the cmdlet's work on one VM.</summary>
    private protected abstract void Process(LinuxKitMachine machine);
}
