using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Makes a VM for an image and starts it.</summary>
[Cmdlet(VerbsLifecycle.Start, "LinuxKitVM", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(LinuxKitMachine.TypeName, HyperVObject.VirtualMachineTypeName)]
public sealed class StartLinuxKitVMCommand : NewMachineCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        MakeMachines("Create and start the VM", plan => plan.WithStart(), WriteObject);
}
