using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>The VMs that this module made.</summary>
[Cmdlet(VerbsCommon.Get, "LinuxKitVM", DefaultParameterSetName = NameSet)]
[OutputType(LinuxKitMachine.TypeName, HyperVObject.VirtualMachineTypeName)]
public sealed class GetLinuxKitVMCommand : HostCommand
{
    /// <summary>Names of VMs, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true)]
    [Alias("VMName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VMNameCompleter))]
    public string[] Name { get; set; } = [];

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
            ForMachines(new MachineSelection(Hosts, Name, Id, []), machine => WriteObject(machine.Decorate()));
        }
    }

    private static PSObject Show(LinuxKitMachine machine)
    {
        MachineConsole.EndIfOff(machine);
        return machine.Decorate();
    }
}
