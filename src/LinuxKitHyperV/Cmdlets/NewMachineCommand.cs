using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Networking;

namespace LinuxKitHyperV.Commands;

/// <summary>A cmdlet that makes VMs for images.</summary>
public abstract class NewMachineCommand : LinuxKitCommand
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    private PSObject? _switch;

    private protected NewMachineCommand()
    {
    }

    /// <summary>Paths of images, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of images, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
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

    /// <summary>Data disks: sizes (10GB), files, or LinuxKit's syntax (size=1, file=data.vhdx,size=512M).</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public string[] Disk { get; set; } = [];

    /// <summary>The virtual switch; by default the external switch, else the Default Switch.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public string? SwitchName { get; set; }

    /// <summary>Connects the VM to nothing.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter NoNetwork { get; set; }

    /// <summary>Makes the VMs that the bound parameters ask for, one after the other.</summary>
    private protected void MakeMachines(string action, Func<MachinePlan, MachinePlan> complete, Action<PSObject> made)
    {
        var images = ForAll(Images);
        var names = ForAll(() => Names(images));
        foreach (var (image, name) in names)
        {
            ForItem(() =>
            {
                var plan = complete(MachinePlan.Create(Spec(image, name), HyperV));
                if (ShouldProcess(
                    $"{action} '{name}' for '{image}':\n{plan}",
                    $"{action} '{name}' for '{image}'?",
                    MyInvocation.MyCommand.Name))
                {
                    made(Run(plan));
                }
            });
        }
    }

    private PSObject Run(MachinePlan plan)
    {
        var outputs = new PlanRunner(HyperV, this).Run(plan.Steps, StoppingToken);
        return LinuxKitMachine.From(outputs[plan.Machine])!.Decorate();
    }

    private MachineSpec Spec(string image, string name)
    {
        var finder = new MachineFinder(HyperV);
        if (finder.Named(HyperVHost.Local, name).Count > 0)
        {
            throw new LinuxKitException(
                "VMExists",
                FailureKind.ResourceExists,
                $"There is a VM named '{name}' already.",
                name,
                $"Remove it with Remove-LinuxKitVM -Name '{name}', or give the new one another name with -Name.");
        }

        var markId = Guid.NewGuid();
        return new MachineSpec
        {
            Host = HyperVHost.Local,
            Name = name,
            ImagePath = image,
            MarkId = markId,
            ProcessorCount = ProcessorCount,
            MemoryStartupBytes = MemoryStartupBytes,
            Disks = MachineDisks.Settle([.. Disk.Select(DiskSyntax.Parse)], name, GetUnresolvedProviderPathFromPSPath, isLocal: true),
            Switch = NoNetwork ? null : _switch ??= ChooseSwitch(),
            ConsolePipe = ConsolePipeName.For(name, markId, _ => false),
        };
    }

    private PSObject ChooseSwitch()
    {
        var switches = Read(HyperVHost.Local.Call(HyperVCommand.GetVMSwitch), new CallFailure(
            "SwitchQueryFailed",
            "Hyper-V did not list its virtual switches.",
            null,
            "Use -NoNetwork to do without."));
        return SwitchName is null ? SwitchChooser.Default(switches, WriteWarning) : SwitchChooser.ByName(switches, SwitchName);
    }

    private List<(string Image, string Name)> Names(List<string> images)
    {
        if (Name.Length == 0)
        {
            return [.. images.Select(image => (image, MachineName.FromImage(image)))];
        }

        return images.Count == 1
            ? [.. Name.Select(name => (images[0], name))]
            : throw new LinuxKitException(
                "NameForSeveralImages",
                FailureKind.InvalidArgument,
                $"-Name goes with one image, and {images.Count} were given.",
                Name,
                "Leave -Name out to name each VM after its image, or give one image.");
    }

    private List<string> Images()
    {
        var paths = ParameterSetName == LiteralPathSet
            ? LiteralPath.Select(GetUnresolvedProviderPathFromPSPath)
            : Path.SelectMany(Resolve);
        return [.. paths.Select(Check)];
    }

    private IEnumerable<string> Resolve(string path)
    {
        try
        {
            return GetResolvedProviderPathFromPSPath(path, out _);
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

        return path.EndsWith(".iso", StringComparison.OrdinalIgnoreCase)
            ? path
            : throw new LinuxKitException(
                "ImageFormatNotSupported",
                FailureKind.InvalidArgument,
                $"'{path}' is not an EFI ISO.",
                path,
                "Build the image with: linuxkit build -format iso-efi or iso-efi-initrd.");
    }

    private static LinuxKitException NotFound(string path, Exception? exception) => new(
        "ImageNotFound",
        FailureKind.ObjectNotFound,
        $"There is no image '{path}'.",
        path,
        "Check the path. To start a VM that exists, use -Name.",
        exception);
}
