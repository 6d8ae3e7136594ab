using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Metadata;
using LinuxKitHyperV.Networking;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Commands;

/// <summary>A cmdlet that makes VMs for images.</summary>
public abstract class NewMachineCommand : LinuxKitCommand
{
    internal const string PathSet = "Path";
    internal const string LiteralPathSet = "LiteralPath";

    private readonly Dictionary<HyperVHost, IReadOnlyList<PSObject>> _switches = [];
    private readonly Dictionary<string, LinuxKitImage> _images = [];
    private readonly List<PSObject> _pipedDisks = [];
    private bool _hasNamed;
    private bool _isDiskArgument;
    private bool _isImageArgument;

    private protected NewMachineCommand()
    {
    }

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

    /// <summary>What else the cmdlet can be given than an image, for the remedies of its errors.</summary>
    private protected virtual string OtherWays => string.Empty;

    // What is bound by its path, or by the disks that it has, is bound as an item as well.
    private PipelineRecord Record => new(IsPipedFile ? null : PipelineInput, _isImageArgument, HasDisks: !_isDiskArgument && Disk.Length > 0);

    private bool IsPipedFile => ParameterSetName == LiteralPathSet && !_isImageArgument;

    private IEnumerable<string> PipedImages => Record.ImagePath is { } path ? [path] : [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _isDiskArgument = MyInvocation.BoundParameters.ContainsKey(nameof(Disk));
        _isImageArgument = MyInvocation.BoundParameters.ContainsKey(nameof(Path)) || MyInvocation.BoundParameters.ContainsKey(nameof(LiteralPath));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Record is { IsDisk: true, Item: { } disk })
        {
            _pipedDisks.Add(disk.Object);
            return;
        }

        MakeMachines();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_pipedDisks.Count > 0)
        {
            PipelineInput = null;
            Disk = [.. _isDiskArgument ? Disk : [], .. _pipedDisks];
            MakeMachines();
        }
    }

    /// <summary>Makes the VMs that the bound parameters ask for.</summary>
    private protected abstract void MakeMachines();

    /// <summary>Makes the VMs that the bound parameters ask for, one after the other.</summary>
    /// <param name="verb">What is done, for ShouldProcess: "Create and start".</param>
    /// <param name="complete">Adds the cmdlet's own steps to the plan.</param>
    /// <param name="made">Takes each VM.</param>
    private protected void MakeMachines(string verb, Func<MachinePlan, MachinePlan> complete, Action<LinuxKitMachine> made)
    {
        Require(MemoryMinimumBytes == 0 || MemoryMaximumBytes > 0, nameof(MemoryMinimumBytes), "-MemoryMinimumBytes goes with -MemoryMaximumBytes.");
        if (Refusal() is { } refusal)
        {
            WriteError(refusal.ToErrorRecord());
            return;
        }

        foreach (var host in Hosts)
        {
            ForItem(() =>
            {
                var wanted = Possible(Names(Images(host)));
                if (wanted.Count == 0)
                {
                    return;
                }

                using var names = MachineNameLock.Acquire(host, wanted.Select(item => item.Name), StoppingToken);
                var taken = new TakenNames(new MachineFinder(HyperV).Named(host, wanted.Select(item => item.Name)));
                WithProgress(verb, wanted, item => item.Name, item =>
                {
                    taken.RequireFree(item.Name);
                    Make(host, item, verb, complete, machine =>
                    {
                        taken.Add(item.Name);
                        made(machine);
                    });
                });
            });
        }

        // Images may come one by one, from the pipeline.
        _hasNamed = Name.Length > 0;
    }

    private void Make(HyperVHost host, (string Image, string Name) item, string verb, Func<MachinePlan, MachinePlan> complete, Action<LinuxKitMachine> made)
    {
        var plan = complete(MachinePlan.Create(Spec(host, item), HyperV));
        var description = $"{verb} the VM '{item.Name}' for '{item.Image}'";

        // -Verbose tells each step when it is done.
        if (ShouldProcess(IsWhatIf() ? $"{description}:\n{plan}" : description, $"{description}?", MyInvocation.MyCommand.Name))
        {
            var context = NewContext();
            PlanRunner.Run(plan.Steps, context);
            made(plan.Machine.In(context));
        }
    }

    private MachineSpec Spec(HyperVHost host, (string Image, string Name) item)
    {
        var (image, name) = item;
        var markId = Guid.NewGuid();
        var boot = Boot(host, image, name);
        return new MachineSpec
        {
            Host = host,
            Name = name,
            ImagePath = image,
            Boot = boot,
            MarkId = markId,
            ProcessorCount = ProcessorCount,
            Memory = MachineMemory.Settle(MemoryStartupBytes, MemoryMinimumBytes, MemoryMaximumBytes),
            Disks = Disks(host, name, boot),
            Metadata = SettleMetadata(name, host),
            Adapters = Adapters(host),
            ConsolePipe = ConsolePipeName.For(name, markId, pipe => host.IsLocal && ConsolePipe.Exists(ConsolePipePath.Parse(pipe))),
        };
    }

    private MachineBoot Boot(HyperVHost host, string image, string name)
    {
        var wishes = new BootWishes(Generation, SecureBoot, Tpm, NoCopy);
        if (!host.IsLocal)
        {
            return MachineBoot.SettleRemote(image, wishes);
        }

        if (!_images.TryGetValue(image, out var found))
        {
            found = ImageFile.Inspect(image);
            _images.Add(image, found);
        }

        var boot = MachineBoot.Settle(found, name, wishes, this.ToFilePath, WriteWarning);
        if (boot is { IsDisk: true, ConvertedFrom: null })
        {
            DiskFile.RequireUnused(HyperV, host, boot.MediumPath);
        }

        return boot;
    }

    private IReadOnlyList<MachineDisk> Disks(HyperVHost host, string name, MachineBoot boot)
    {
        var disks = MachineDisks.Settle(
            [.. Disk.Where(disk => _isDiskArgument || disk.BaseObject is not string { Length: 0 }).Select(DiskArgument.ToSpec)],
            name,
            path => this.ToFilePath(host, path),
            host.IsLocal,
            boot.IsDisk ? boot.MediumPath : null);
        foreach (var disk in disks.Where(disk => host.IsLocal && !disk.IsMade))
        {
            DiskFile.RequireUnused(HyperV, host, disk.Path);
        }

        foreach (var disk in disks.Where(disk => disk.ConvertedFrom is not null))
        {
            WriteWarning($"The VM '{name}' gets '{disk.Path}', a copy of '{disk.ConvertedFrom}': Hyper-V takes no disk of that format.");
        }

        return disks;
    }

    /// <summary>The metadata of a VM, if any was given.</summary>
    /// <exception cref="LinuxKitException">It cannot be metadata.</exception>
    private protected MachineMetadata? SettleMetadata(string name, HyperVHost host)
    {
        Require(Metadata is null || MetadataPath is null, nameof(MetadataPath), "-MetadataPath does not go with -Metadata.");
        if (MetadataPath is { } given)
        {
            var path = host.IsLocal && !FileName.IsPossible(given) ? throw MachineMetadata.NotFound(given) : this.ToFilePath(host, given);
            return MachineMetadata.IsImageName(path)
                ? MachineMetadata.OfImage(path, host.IsLocal)
                : ToMake(File.Exists(path) || Directory.Exists(path) ? MetadataArgument.ToVolume(path) : throw MachineMetadata.NotFound(path));
        }

        return Metadata is null ? null : ToMake(MetadataArgument.ToVolume(Metadata));

        MachineMetadata ToMake(MetadataFolder volume) =>
            MachineMetadata.ToMake(volume, name, SessionState.Path.CurrentFileSystemLocation.ProviderPath, host.IsLocal);
    }

    private IReadOnlyList<MachineAdapter> Adapters(HyperVHost host)
    {
        var switches = NoNetwork ? [] : Switches(host);
        Require(!NoNetwork || (SwitchName.Length == 0 && VlanId.Length == 0 && MacAddress.Length == 0), nameof(NoNetwork), "-NoNetwork does not go with -SwitchName, -VlanId and -MacAddress.");
        Require(VlanId.Length <= 1 || VlanId.Length == switches.Count, nameof(VlanId), "-VlanId takes one VLAN, or one for each switch.");
        Require(MacAddress.Length == 0 || MacAddress.Length == switches.Count, nameof(MacAddress), "-MacAddress takes one address for each switch.");
        var addresses = MacAddress.Select(Networking.MacAddress.Parse).ToList();
        Require(addresses.Distinct().Count() == addresses.Count, nameof(MacAddress), "-MacAddress takes each address once.");
        Networking.MacAddress.RequireFree(HyperV, host, addresses);
        return MachineAdapter.ForEach(switches, addresses, VlanId);
    }

    private IReadOnlyList<PSObject> Switches(HyperVHost host)
    {
        if (!_switches.TryGetValue(host, out var chosen))
        {
            chosen = SwitchChooser.Choose(HyperV, host, SwitchName, WriteWarning);
            _switches.Add(host, chosen);
        }

        return chosen;
    }

    private List<(string Image, string Name)> Names(List<string> images)
    {
        if (Name.Length == 0)
        {
            return PipelineInput is { MachineName.Length: > 0 } row && images.Count == 1
                ? [(images[0], row.MachineName)]
                : [.. images.Select(image => (image, MachineName.FromImage(image)))];
        }

        return images.Count == 1 && !_hasNamed
            ? [.. Name.Select(name => (images[0], name))]
            : throw new LinuxKitException(
                "NameForSeveralImages",
                FailureKind.InvalidArgument,
                "-Name goes with one image, and several were given.",
                Name,
                "Leave -Name out to name each VM after its image, or give one image.");
    }

    /// <summary>Those that can have their names; that others cannot is written as an error of each.</summary>
    private List<(string Image, string Name)> Possible(List<(string Image, string Name)> wanted)
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

    /// <remarks>A remote host's files are its own: they are named as they are there, and not looked at.</remarks>
    private List<string> Images(HyperVHost host) => (host.IsLocal, ParameterSetName) switch
    {
        (false, LiteralPathSet) => [.. LiteralPath],
        (false, _) => [.. Path, .. PipedImages],
        (true, LiteralPathSet) => [.. LiteralPath.Select(path => ImagePaths.ResolveLiteral(this, path, OtherWays))],
        (true, _) => [.. Path.SelectMany(path => ImagePaths.Resolve(this, path, OtherWays)), .. PipedImages.Select(path => ImagePaths.ResolveLiteral(this, path, OtherWays))],
    };

    private LinuxKitException? Refusal()
    {
        var missing = new MissingImage(MyInvocation, OtherWays);
        return Record is { IsRefused: true, Item: { } item } ? missing.Refused(item)
            : _isImageArgument || IsPipedFile || PipedImages.Any() ? null
            : missing.NotGiven();
    }
}
