using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Commands;

/// <summary>A cmdlet that makes VMs for images.</summary>
public abstract class NewMachineCommand : LinuxKitCommand, IUser
{
    internal const string PathSet = "Path";
    internal const string LiteralPathSet = "LiteralPath";

    private readonly List<PSObject> _pipedDisks = [];
    private readonly string _otherWays;
    private RequestSettler? _settler;
    private bool _hasNamed;
    private bool _isDiskArgument;
    private bool _isImageArgument;

    /// <param name="otherWays">What else the cmdlet can be given than an image, for the remedies of its errors; begins with a blank.</param>
    private protected NewMachineCommand(string otherWays) => _otherWays = otherWays;

    /// <summary>Paths of images, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImagePathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of images, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralImagePathCompleter))]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What the pipeline gives that is neither a file nor a VM: with an image as an argument its disk, else a row that names an image.</summary>
    /// <remarks>
    /// Text alone may mean an image or a VM, and is refused. Without this parameter, and with a mandatory -Path, PowerShell
    /// would say no more than that it cannot resolve the parameter set, and the same of a call that gives no image.
    /// </remarks>
    [Parameter(ParameterSetName = PathSet, ValueFromPipeline = true, DontShow = true)]
    [Parameter(ParameterSetName = LiteralPathSet, ValueFromPipeline = true, DontShow = true)]
    public PipelineItem? PipelineInput { get; set; }

    /// <summary>The VM's name; by default the image's file name without .iso, -efi and the like. Several names make as many VMs of one image.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Alias("VMName")]
    [ValidateNotNullOrEmpty]
    public virtual string[] Name { get; set; } = [];

    /// <summary>Virtual processors.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(1, 2048)]
    public int ProcessorCount { get; set; } = 1;

    /// <summary>Memory in bytes: what the VM has, or with a maximum, what it starts with.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(32L << 20, 240L << 40)]
    public long MemoryStartupBytes { get; set; } = MachineSpec.DefaultMemoryBytes;

    /// <summary>Makes memory dynamic: the most that the VM may get, in bytes.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(32L << 20, 240L << 40)]
    public long MemoryMaximumBytes { get; set; }

    /// <summary>With a maximum: the least that the VM keeps, in bytes.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(32L << 20, 240L << 40)]
    public long MemoryMinimumBytes { get; set; }

    /// <summary>Data disks: sizes (10GB), files, disk objects, or LinuxKit's syntax (size=1, 'file=data.vhdx,size=512M').</summary>
    [Parameter(ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [EmptyCell]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DiskCompleter))]
    public PSObject[] Disk { get; set; } = [];

    /// <summary>The VM's generation, where the image boots by both BIOS and UEFI; by default what the image needs.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(1, 2)]
    public int Generation { get; set; }

    /// <summary>Whose signatures the VM's firmware accepts; by default it starts anything.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public LinuxKitSecureBoot SecureBoot { get; set; }

    /// <summary>Gives the VM a TPM.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Tpm { get; set; }

    /// <summary>Attaches an image that is a VHD or VHDX as it is, instead of a copy.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter NoCopy { get; set; }

    /// <summary>What the guest's metadata package shall find: text, a table of files, a file, or a folder.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNull]
    public virtual PSObject? Metadata { get; set; }

    /// <summary>The same as a path: of a file, of a folder, or of an image that ends in .iso.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FilePathCompleter))]
    public virtual string? MetadataPath { get; set; }

    /// <summary>Virtual switches, by name, id or object, each for an adapter; by default the external switch, else the Default Switch.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SwitchNameCompleter))]
    public PSObject[] SwitchName { get; set; } = [];

    /// <summary>The VLAN of the adapters, or one for each.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, 4094)]
    public int[] VlanId { get; set; } = [];

    /// <summary>The MAC addresses of the adapters, in their order; by default Hyper-V chooses them.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public string[] MacAddress { get; set; } = [];

    /// <summary>Connects the VM to nothing.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter NoNetwork { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public override string[] ComputerName { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Credential]
    public override PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [PSTypeName("Microsoft.Management.Infrastructure.CimSession")]
    [ValidateNotNullOrEmpty]
    public override PSObject[] CimSession { get; set; } = [];

    /// <inheritdoc/>
    bool IUser.IsWhatIf => IsWhatIf();

    /// <summary>Settles what the bound parameters ask for.</summary>
    private protected RequestSettler Settler => _settler ??= new RequestSettler(HyperV, SessionState.Path, Warn, Inspect, Wait);

    /// <summary>The metadata that the bound parameters ask for.</summary>
    private protected MetadataRequest MetadataRequest => new(Metadata, MetadataPath);

    // What is bound by its path, or by the disks that it has, is bound as an item as well.
    private PipelineRecord Record => new(IsPipedFile ? null : PipelineInput, _isImageArgument, HasDisks: !_isDiskArgument && Disk.Length > 0);

    private bool IsPipedFile => ParameterSetName == LiteralPathSet && !_isImageArgument;

    private IEnumerable<string> PipedImages => Record.ImagePath is { } path ? [path] : [];

    private ImageRequest Images => new(
        ParameterSetName == LiteralPathSet ? [] : Path,
        ParameterSetName == LiteralPathSet ? LiteralPath : [.. PipedImages],
        Name,
        PipelineInput?.MachineName)
    {
        OtherWays = _otherWays,
        HasNamed = _hasNamed,
    };

    private MachineRequest Request => new()
    {
        ProcessorCount = ProcessorCount,
        Memory = (MemoryStartupBytes, MemoryMinimumBytes, MemoryMaximumBytes),
        Disks = [.. Disk.Where(disk => _isDiskArgument || disk.BaseObject is not string { Length: 0 })],
        Boot = new BootWishes(Generation, SecureBoot, Tpm, NoCopy),
        Metadata = MetadataRequest,
        Network = new NetworkRequest(SwitchName, VlanId, MacAddress, NoNetwork),
    };

    /// <inheritdoc/>
    bool IUser.Allows(string description, string question) => ShouldProcess(description, question, MyInvocation.MyCommand.Name);

    /// <inheritdoc/>
    bool IUser.Allows(LinuxKitMachine machine, string action) => ShouldProcess(machine.Name, action);

    /// <inheritdoc/>
    void IUser.ForEach<T>(string activity, IReadOnlyList<T> items, Func<T, string> name, Action<T> action) => WithProgress(activity, items, name, action);

    /// <inheritdoc/>
    void IUser.LeaveScreen() => EndProgress();

    /// <inheritdoc/>
    void IUser.Give(LinuxKitMachine machine) => WriteObject(machine.Decorate());

    /// <inheritdoc/>
    void IUser.Give(string line) => WriteObject(line);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _isDiskArgument = MyInvocation.BoundParameters.ContainsKey(nameof(Disk));
        _isImageArgument = MyInvocation.BoundParameters.ContainsKey(nameof(Path)) || MyInvocation.BoundParameters.ContainsKey(nameof(LiteralPath));
    }

    /// <summary>Has the VMs made that a record of the pipeline and the arguments ask for; a record that is a disk waits for the others.</summary>
    private protected void Make(MachineMaker maker)
    {
        if (Record is { IsDisk: true, Item: { } disk })
        {
            _pipedDisks.Add(disk.Object);
        }
        else
        {
            MakeNow(maker);
        }
    }

    /// <summary>Has the VM made whose disks the pipeline has given.</summary>
    private protected void MakeWithPipedDisks(MachineMaker maker)
    {
        if (_pipedDisks.Count > 0)
        {
            PipelineInput = null;
            Disk = [.. _isDiskArgument ? Disk : [], .. _pipedDisks];
            MakeNow(maker);
        }
    }

    private void MakeNow(MachineMaker maker)
    {
        if (Refusal() is { } refusal)
        {
            WriteError(refusal.ToErrorRecord());
            return;
        }

        foreach (var host in Hosts)
        {
            ForItem(() =>
            {
                var wanted = Possible(Images.Settle(host, SessionState.Path));
                if (wanted.Count > 0)
                {
                    maker.Make(host, Request, wanted);
                }
            });
        }

        _hasNamed = Name.Length > 0;
    }

    /// <summary>The ones whose names can be had; for each of the others an error is written.</summary>
    private List<(string Image, string Name)> Possible(IEnumerable<(string Image, string Name)> wanted)
    {
        var possible = new List<(string Image, string Name)>();
        foreach (var item in wanted)
        {
            ForItem(() =>
            {
                MachineName.Check(item.Name);
                possible.Add(item);
            });
        }

        return possible;
    }

    private LinuxKitException? Refusal()
    {
        var missing = new MissingImage(MyInvocation, _otherWays);
        return Record is { IsRefused: true, Item: { } item } ? missing.Refused(item)
            : _isImageArgument || IsPipedFile || PipedImages.Any() ? null
            : missing.NotGiven();
    }
}
