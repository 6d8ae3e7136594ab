using System;
using System.Management.Automation;

namespace LinuxKitHyperV.Commands;

/// <summary>A cmdlet that finds VMs on Hyper-V hosts: by name or by id.</summary>
public abstract class HostCommand : LinuxKitCommand
{
    private protected const string NameSet = "Name";
    private protected const string IdSet = "Id";

    private protected HostCommand()
    {
    }

    /// <summary>Ids of VMs: what a job's or a remote session's copy of a VM binds by.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [Alias("VMId")]
    [ArgumentCompleter(typeof(VMIdCompleter))]
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
}
