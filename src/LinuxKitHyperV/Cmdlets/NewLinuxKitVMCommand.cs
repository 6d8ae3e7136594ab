using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Makes VMs for images without starting them.</summary>
[Cmdlet(VerbsCommon.New, "LinuxKitVM", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(LinuxKitMachine.TypeName, HyperVObject.VirtualMachineTypeName)]
public sealed class NewLinuxKitVMCommand : NewMachineCommand
{
    private protected override void MakeMachines() =>
        MakeMachines("Create", plan => plan, machine => WriteObject(machine.Decorate()));
}
