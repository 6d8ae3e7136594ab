using System;
using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Commands;

/// <summary>Makes VMs for images and starts them; or starts VMs that exist.</summary>
[Cmdlet(VerbsLifecycle.Start, "LinuxKitVM", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(LinuxKitMachine.TypeName, HyperVObject.VirtualMachineTypeName)]
public sealed class StartLinuxKitVMCommand : NewMachineCommand
{
    private const string NameSet = "Name";
    private const string MachineSet = "VM";
    private const string IdSet = "Id";

    private byte? _escapeKey;

    /// <summary>A cmdlet that makes VMs and starts them, or starts those that there are.</summary>
    public StartLinuxKitVMCommand()
        : base(otherWays: " To start a VM that exists, give its name with -Name, or pipe it from Get-LinuxKitVM.")
    {
    }

    /// <summary>Names of existing VMs; with an image, the names of the new VMs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Alias("VMName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VMNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Existing VMs, as Get-LinuxKitVM, New-LinuxKitVM and Get-VM emit them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MachineSet, ValueFromPipeline = true)]
    [PSTypeName(HyperVObject.VirtualMachineTypeName)]
    [VMObject]
    [ValidateNotNullOrEmpty]
    public PSObject[] VM { get; set; } = [];

    /// <summary>Ids of existing VMs: what a job's or a remote session's copy of a VM binds by.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [Alias("VMId")]
    [ArgumentCompleter(typeof(VMIdCompleter))]
    public Guid[] Id { get; set; } = [];

    /// <summary>What the guest's metadata package shall find; an existing VM's metadata is replaced.</summary>
    [Parameter]
    [ValidateNotNull]
    public override PSObject? Metadata { get; set; }

    /// <summary>The same as a path: of a file, of a folder, or of an image that ends in .iso.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FilePathCompleter))]
    public override string? MetadataPath { get; set; }

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

    /// <summary>Attaches this terminal to the VM's console until it is left; with -TimeoutSec or without a terminal, copies the console to the output.</summary>
    [Parameter]
    public SwitchParameter Console { get; set; }

    /// <summary>Copies the console to the output for so long, in seconds, and attaches no terminal.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    /// <summary>With -Console: the key that leaves the console and never reaches the guest, such as Ctrl+] or ^A; None sends all that is typed to the guest.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EscapeKeyCompleter))]
    public string EscapeKey { get; set; } = EscapeKeyArgument.Default;

    /// <summary>Removes the VM, and what belongs to it alone, when the console is left or the VM stops.</summary>
    [Parameter]
    public SwitchParameter RemoveOnExit { get; set; }

    /// <summary>With -RemoveOnExit: also deletes the data disks that were made for the VM.</summary>
    [Parameter]
    public SwitchParameter RemoveDisk { get; set; }

    /// <summary>Leaves the pipe of the console to other programs.</summary>
    [Parameter]
    public SwitchParameter NoCapture { get; set; }

    /// <summary>The file into which the console is logged; or an existing folder, in which each VM gets a file of its name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FilePathCompleter))]
    public string? ConsoleLogPath { get; set; }

    /// <summary>With -ConsoleLogPath: goes on at the end of a file that is there, instead of replacing it.</summary>
    [Parameter]
    public SwitchParameter ConsoleLogAppend { get; set; }

    /// <summary>With -ConsoleLogPath: the size at which the file is renamed to FILE.1 and a new one begun; the oldest kept is FILE.5.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long ConsoleLogMaximumBytes { get; set; }

    /// <summary>With -ConsoleLogPath: logs the bytes as they come, control sequences included: they can take over a terminal that shows the file.</summary>
    [Parameter]
    public SwitchParameter ConsoleLogRaw { get; set; }

    private bool IsForImages => ParameterSetName is PathSet or LiteralPathSet;

    private MachineMaker Maker => new(HyperV, this, StoppingToken, Settler, Starter);

    private MachineStarter Starter => new(HyperV, this, StoppingToken, Settler, new StartRequest
    {
        IsNotCaptured = NoCapture,
        Log = ConsoleLogPath is null ? null : new ConsoleLogOptions
        {
            Path = ConsoleLogPath,
            Append = ConsoleLogAppend,
            IsRaw = ConsoleLogRaw,
            RotateAtBytes = ConsoleLogMaximumBytes,
        },
        Console = Console ? new ConsoleRequest(TimeoutSec, _escapeKey, RemoveOnExit, RemoveDisk) : null,
    });

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Require(ConsoleLogPath is null || !NoCapture, nameof(NoCapture), "-NoCapture does not go with -ConsoleLogPath.");
        Require(ConsoleLogPath is not null || !ConsoleLogAppend, nameof(ConsoleLogAppend), "-ConsoleLogAppend goes with -ConsoleLogPath.");
        Require(ConsoleLogPath is not null || !ConsoleLogRaw, nameof(ConsoleLogRaw), "-ConsoleLogRaw goes with -ConsoleLogPath.");
        Require(ConsoleLogPath is not null || ConsoleLogMaximumBytes == 0, nameof(ConsoleLogMaximumBytes), "-ConsoleLogMaximumBytes goes with -ConsoleLogPath.");
        Require(!RemoveOnExit || Console, nameof(RemoveOnExit), "-RemoveOnExit goes with -Console.");
        Require(!RemoveDisk || RemoveOnExit, nameof(RemoveDisk), "-RemoveDisk goes with -RemoveOnExit.");
        Require(!Console || !NoCapture, nameof(NoCapture), "-NoCapture does not go with -Console.");
        Require(TimeoutSec == 0 || Console, nameof(TimeoutSec), "-TimeoutSec goes with -Console.");
        Require(Console || !MyInvocation.BoundParameters.ContainsKey(nameof(EscapeKey)), nameof(EscapeKey), "-EscapeKey goes with -Console.");
        _escapeKey = EscapeKeyArgument.Read(this, EscapeKey);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (IsForImages)
        {
            Make(Maker);
        }
        else
        {
            var starter = Starter;
            WithProgress("Start", Find(new MachineSelection(Hosts, Name, Id, VM)), machine => machine.Name, machine => starter.Start(machine, MetadataRequest));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => MakeWithPipedDisks(Maker);
}
