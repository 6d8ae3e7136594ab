using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Making;

namespace LinuxKitHyperV.Commands;

/// <summary>Makes VMs for images without starting them.</summary>
[Cmdlet(VerbsCommon.New, "LinuxKitVM", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(LinuxKitMachine.TypeName, HyperVObject.VirtualMachineTypeName)]
public sealed class NewLinuxKitVMCommand : NewMachineCommand
{
    /// <summary>A cmdlet that makes VMs, and nothing else.</summary>
    public NewLinuxKitVMCommand()
        : base(otherWays: string.Empty)
    {
    }

    private MachineMaker Maker => new(HyperV, this, StoppingToken, Settler, starter: null);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Make(Maker);

    /// <inheritdoc/>
    protected override void EndProcessing() => MakeWithPipedDisks(Maker);
}
