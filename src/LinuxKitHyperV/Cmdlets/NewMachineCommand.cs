using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Networking;

namespace LinuxKitHyperV.Commands;

/// <summary>A cmdlet that makes VMs for images.</summary>
public abstract class NewMachineCommand : LinuxKitCommand
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    private readonly Dictionary<HyperVHost, PSObject> _switches = [];
    private bool _hasNamed;

    private protected NewMachineCommand()
    {
    }

    /// <summary>Paths of images, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImagePathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of images, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImagePathCompleter))]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The VM's name; by default the image's file name without .iso, -efi and the like. Several names make as many VMs of one image.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Alias("VMName")]
    [ValidateNotNullOrEmpty]
    [ValidateLength(1, 100)]
    public virtual string[] Name { get; set; } = [];

    /// <summary>Virtual processors.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(1, 2048)]
    public int ProcessorCount { get; set; } = 1;

    /// <summary>Fixed memory in bytes.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(32L << 20, 240L << 40)]
    public long MemoryStartupBytes { get; set; } = MachineSpec.DefaultMemoryBytes;

    /// <summary>Data disks: sizes (10GB), files, disk objects, or LinuxKit's syntax (size=1, file=data.vhdx,size=512M).</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DiskCompleter))]
    public PSObject[] Disk { get; set; } = [];

    /// <summary>The virtual switch; by default the external switch, else the Default Switch.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SwitchNameCompleter))]
    public string? SwitchName { get; set; }

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

    /// <summary>Makes the VMs that the bound parameters ask for, one after the other.</summary>
    /// <param name="verb">What is done, for ShouldProcess: "Create and start".</param>
    /// <param name="complete">Adds the cmdlet's own steps to the plan.</param>
    /// <param name="made">Takes each VM.</param>
    private protected void MakeMachines(string verb, Func<MachinePlan, MachinePlan> complete, Action<LinuxKitMachine> made)
    {
        foreach (var host in Hosts)
        {
            ForItem(() =>
            {
                var wanted = Names(Images(host));
                using var names = MachineNameLock.Acquire(host, wanted.Select(item => item.Name), StoppingToken);
                var taken = new MachineFinder(HyperV).Taken(host, wanted.Select(item => item.Name));
                WithProgress(verb, wanted, item => item.Name, item =>
                {
                    if (taken.Contains(item.Name))
                    {
                        throw Exists(item.Name);
                    }

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
        if (ShouldProcess($"{description}:\n{plan}", $"{description}?", MyInvocation.MyCommand.Name))
        {
            var outputs = new PlanRunner(HyperV, this).Run(plan.Steps, StoppingToken);
            made(LinuxKitMachine.From(outputs[plan.Machine])!);
        }
    }

    private MachineSpec Spec(HyperVHost host, (string Image, string Name) item)
    {
        var (image, name) = item;
        var markId = Guid.NewGuid();
        return new MachineSpec
        {
            Host = host,
            Name = name,
            ImagePath = image,
            MarkId = markId,
            ProcessorCount = ProcessorCount,
            MemoryStartupBytes = MemoryStartupBytes,
            Disks = MachineDisks.Settle(
                [.. Disk.Select(DiskArgument.ToSpec)],
                name,
                path => host.IsLocal ? GetUnresolvedProviderPathFromPSPath(path) : path,
                host.IsLocal),
            Switch = NoNetwork ? null : Switch(host),
            ConsolePipe = ConsolePipeName.For(name, markId, pipe => host.IsLocal && ConsolePipe.Exists(ConsolePipePath.Parse(pipe))),
        };
    }

    private PSObject Switch(HyperVHost host)
    {
        if (!_switches.TryGetValue(host, out var found))
        {
            var switches = Call(host.Call(HyperVCommand.GetVMSwitch), new CallFailure(
                "SwitchQueryFailed",
                "Hyper-V did not list its virtual switches.",
                null,
                "Use -NoNetwork to do without."));
            found = SwitchName is null ? SwitchChooser.Default(switches, WriteWarning) : SwitchChooser.ByName(switches, SwitchName);
            _switches.Add(host, found);
        }

        return found;
    }

    private List<(string Image, string Name)> Names(List<string> images)
    {
        if (Name.Length == 0)
        {
            return [.. images.Select(image => (image, MachineName.FromImage(image)))];
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

    /// <remarks>A remote host's files are its own: they are named as they are there, and not looked at.</remarks>
    private List<string> Images(HyperVHost host) => (host.IsLocal, ParameterSetName) switch
    {
        (false, LiteralPathSet) => [.. LiteralPath],
        (false, _) => [.. Path],
        (true, LiteralPathSet) => [.. LiteralPath.Select(GetUnresolvedProviderPathFromPSPath).Select(Check)],
        (true, _) => [.. Path.SelectMany(Resolve).Select(Check)],
    };

    private IEnumerable<string> Resolve(string path)
    {
        // Expanding asks for every folder on the way, and costs as much as a Hyper-V call.
        if (path.IndexOfAny(['*', '?', '[', '`']) < 0)
        {
            return [GetUnresolvedProviderPathFromPSPath(path)];
        }

        try
        {
            var resolved = GetResolvedProviderPathFromPSPath(path, out _);
            return resolved.Count > 0 ? resolved : throw NotFound(path, null);
        }
        catch (ItemNotFoundException exception)
        {
            throw NotFound(path, exception);
        }
    }

    private static string Check(string path)
    {
        if (!File.Exists(path))
        {
            throw NotFound(path, null);
        }

        return ImageFileName.IsImage(path)
            ? path
            : throw new LinuxKitException(
                "ImageFormatNotSupported",
                FailureKind.InvalidArgument,
                $"'{path}' is not an EFI ISO.",
                path,
                "Build the image with: linuxkit build -format iso-efi or iso-efi-initrd.");
    }

    private static LinuxKitException Exists(string name) => new(
        "VMExists",
        FailureKind.ResourceExists,
        $"There is a VM named '{name}' already.",
        name,
        $"Remove it with Remove-LinuxKitVM -Name '{name}', or give the new one another name with -Name.");

    private static LinuxKitException NotFound(string path, Exception? exception) => new(
        "ImageNotFound",
        FailureKind.ObjectNotFound,
        $"There is no image '{path}'.",
        path,
        "Check the path. To start a VM that exists, use -Name.",
        exception);
}
