using System;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Makes VMs for images and starts them; or starts VMs that exist.</summary>
[Cmdlet(VerbsLifecycle.Start, "LinuxKitVM", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(LinuxKitMachine.TypeName, HyperVObject.VirtualMachineTypeName)]
public sealed class StartLinuxKitVMCommand : NewMachineCommand
{
    private const string NameSet = "Name";
    private const string MachineSet = "VM";
    private const string IdSet = "Id";

    /// <summary>Names of existing VMs; with an image, the names of the new VMs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Alias("VMName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VMNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Existing VMs, as Get-LinuxKitVM, New-LinuxKitVM and Get-VM emit them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MachineSet, ValueFromPipeline = true)]
    [PSTypeName(HyperVObject.VirtualMachineTypeName)]
    [ValidateNotNullOrEmpty]
    public PSObject[] VM { get; set; } = [];

    /// <summary>Ids of existing VMs: what a job's or a remote session's copy of a VM binds by.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [Alias("VMId")]
    public Guid[] Id { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public override string[] ComputerName { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Credential]
    public override PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [PSTypeName("Microsoft.Management.Infrastructure.CimSession")]
    [ValidateNotNullOrEmpty]
    public override PSObject[] CimSession { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName is PathSet or LiteralPathSet)
        {
            MakeMachines("Create and start", plan => plan.WithStart());
            return;
        }

        ForMachines(new MachineSelection(Hosts, Name, Id, VM), Start);
    }

    private void Start(LinuxKitMachine machine)
    {
        if (machine.Object.State() == "Running")
        {
            WriteWarning($"The VM '{machine.Name}' is running already.");
            WriteObject(machine.Decorate());
            return;
        }

        if (!ShouldProcess(machine.Name, "Start"))
        {
            return;
        }

        // What is paused is resumed; what is saved goes on from there by Start-VM.
        var command = machine.Object.State() == "Paused" ? HyperVCommand.ResumeVM : HyperVCommand.StartVM;
        var started = Call(
            new HyperVCall(command) { { "VM", machine.Object }, { "Passthru", true } },
            MachinePlan.StartFailure(machine.Name));
        WriteObject(LinuxKitMachine.From(started[0])!.Decorate());
    }
}
