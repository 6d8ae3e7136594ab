using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Metadata;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Making;

/// <summary>The steps that give a VM metadata: in a DVD drive of its own, behind the one that it boots from.</summary>
internal static class MetadataPlan
{
    /// <summary>The step that gives a VM a drive with an image in it.</summary>
    public static CallStep Attach(string machineName, object machine, string path, int generation)
    {
        var call = new HyperVCall(HyperVCommand.AddVMDvdDrive) { { "VM", machine }, { "Path", path } };
        if (generation == 1)
        {
            // Behind the DVD drive that the VM came with: the guest's first DVD is the one that it boots.
            call.Add("ControllerNumber", 1);
            call.Add("ControllerLocation", 1);
        }

        return new CallStep($"Insert '{path}'", call, Failure(machineName, path));
    }

    /// <summary>The steps that replace a VM's metadata, running or not.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="metadata">Its new metadata.</param>
    /// <param name="ejectTimeout">How long the old metadata's drive may take until it is empty.</param>
    public static IEnumerable<PlanStep> Replace(LinuxKitMachine machine, MachineMetadata metadata, TimeSpan ejectTimeout)
    {
        var folder = MakeFolderStep.For(metadata.Folder);
        var made = Make(metadata);
        IEnumerable<PlanStep> insert = Drive(machine) is { } drive ? Exchange(machine, drive, metadata.Path, ejectTimeout) : [Add(machine, metadata.Path)];
        return
        [
            .. folder is null ? Array.Empty<PlanStep>() : [folder],
            .. made.Steps,
            .. insert,
            .. machine.Mark is { } mark ? [Note(machine, mark with { Metadata = metadata.Path, OwnsMetadata = metadata.IsMade }, made, folder?.Made)] : Array.Empty<PlanStep>(),
        ];
    }

    /// <summary>The steps that make the image, where it is not there.</summary>
    public static MetadataSteps Make(MachineMetadata metadata)
    {
        var identity = new StepOutput<string>("metadata image");
        return metadata switch
        {
            { Volume: { } volume } => new MetadataSteps([new WriteMetadataStep(metadata.Path, volume) { Identity = identity, Undo = new DeleteFileUndo(metadata.Path) }], identity),
            { CopiedFrom: { } image } => new MetadataSteps(CopyFileStep.Steps(image, metadata.Path, isPrivate: true, identity), identity),
            _ => new MetadataSteps([], null),
        };
    }

    private static CallStep Note(LinuxKitMachine machine, OwnershipMark mark, MetadataSteps made, StepOutput<string>? folder)
    {
        var notes = machine.Object.Text("Notes");
        return new CallStep(
            "Note it",
            SetNotes(machine, new MarkNotes(mark, notes, [], [.. made.Identities], folder)),
            new CallFailure("VMConfigurationFailed", $"The notes of the VM '{machine.Name}' could not be changed.", machine.Name, "Look at the VM with Get-VM, and try again."))
        {
            Undo = new CallUndo($"a line in the notes of the VM '{machine.Name}' that names other metadata", "Start the VM with the metadata again.", SetNotes(machine, notes)),
        };
    }

    /// <summary>The drive that the metadata is in.</summary>
    private static PSObject? Drive(LinuxKitMachine machine) => machine.Mark?.Metadata is { } metadata
        ? machine.Object.DvdDrives().FirstOrDefault(drive => IsIn(drive, metadata, machine.Host))
        : null;

    private static bool IsIn(PSObject drive, string image, HyperVHost host) => drive.Text("Path") is { Length: > 0 } path &&
        (path.Equals(image, StringComparison.OrdinalIgnoreCase) || (host.IsLocal && FilePlace.IsSame(path, image)));

    private static PlanStep Add(LinuxKitMachine machine, string path) => Attach(machine.Name, machine.Object, path, machine.Object.Text("Generation") == "1" ? 1 : 2) with
    {
        Undo = new RemoveDriveUndo(machine, path),
    };

    private static IEnumerable<PlanStep> Exchange(LinuxKitMachine machine, PSObject drive, string path, TimeSpan ejectTimeout)
    {
        var old = drive.Text("Path");
        yield return new CallStep($"Eject '{old}'", Insert(drive, null), Failure(machine.Name, old))
        {
            Undo = new CallUndo($"an empty DVD drive in place of '{old}'", "Insert it with Set-VMDvdDrive.", Insert(drive, old)),
        };
        yield return new EjectedStep(machine, drive, ejectTimeout);
        yield return new CallStep($"Insert '{path}'", Insert(drive, path), Failure(machine.Name, path));
    }

    private static HyperVCall Insert(PSObject drive, string? path) => new(HyperVCommand.SetVMDvdDrive) { { "VMDvdDrive", drive }, { "Path", path } };

    private static HyperVCall SetNotes(LinuxKitMachine machine, object notes) => new(HyperVCommand.SetVM) { { "VM", machine.Object }, { "Notes", notes } };

    private static CallFailure Failure(string machineName, string path) => new(
        "MetadataInsertFailed",
        $"The VM '{machineName}' could not be given the metadata image '{path}'.",
        machineName,
        "Check that Hyper-V may read the image. Where a drive cannot be changed while the VM runs, stop it first.");

    /// <summary>Removes the drive that was added for an image.</summary>
    private sealed record RemoveDriveUndo(LinuxKitMachine Machine, string Path) : Undo($"the DVD drive with '{Path}'", "Remove it with Remove-VMDvdDrive.")
    {
        public override void Run(PlanContext context)
        {
            var found = context.HyperV.Invoke(new HyperVCall(HyperVCommand.GetVMDvdDrive) { { "VM", Machine.Object } });
            foreach (var drive in found.Output.Where(drive => IsIn(drive, Path, Machine.Host)))
            {
                context.HyperV.Invoke(new HyperVCall(HyperVCommand.RemoveVMDvdDrive) { { "VMDvdDrive", drive } }).ThrowIfFailed();
            }
        }
    }

    /// <summary>Waits until a drive is empty: Hyper-V ejects in the background.</summary>
    private sealed record EjectedStep(LinuxKitMachine Machine, PSObject Drive, TimeSpan Timeout) : PlanStep("Wait until the drive is empty")
    {
        private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

        public override void Run(PlanContext context)
        {
            if (!context.Wait.Until($"the VM '{Machine.Name}' to let go of its metadata image", Timeout, LookInterval, () => IsEmpty(context.HyperV)))
            {
                throw new LinuxKitException(
                    "MetadataEjectTimeout",
                    FailureKind.OperationTimeout,
                    $"The VM '{Machine.Name}' did not let go of its metadata image in {Timeout.TotalSeconds:0} s.",
                    Machine.Name,
                    "Unmount it in the guest, or stop the VM, and try again.");
            }
        }

        private bool IsEmpty(IHyperV hyperV)
        {
            var call = new HyperVCall(HyperVCommand.GetVMDvdDrive) { { "VM", Machine.Object } };
            return hyperV.Invoke(call).OutputOr(Failure(Machine.Name, Drive.Text("Path")))
                .Any(drive => drive.Text("Id") == Drive.Text("Id") && drive.Text("Path").Length == 0);
        }
    }
}

/// <summary>The steps that make a metadata image.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Identity">What the image is known by; null where none is made.</param>
internal sealed record MetadataSteps(IEnumerable<PlanStep> Steps, StepOutput<string>? Identity)
{
    /// <summary>The same as a list of one, or of none.</summary>
    public IEnumerable<StepOutput<string>> Identities => Identity is null ? [] : [Identity];
}

/// <summary>A step that makes a metadata image. What is in it is not told: it may be a secret.</summary>
/// <param name="Path">The image, under a name of its own, so that taking the step back deletes nobody else's file.</param>
/// <param name="Volume">What is in it.</param>
internal sealed record WriteMetadataStep(string Path, MetadataFolder Volume) : PlanStep($"Write the metadata to '{Path}'")
{
    /// <summary>The image's <see cref="FileIdentity"/>, once it is written.</summary>
    public StepOutput<string> Identity { get; init; } = new("metadata image");

    /// <summary>The step with its undo; null where no image is to be made.</summary>
    public static WriteMetadataStep? For(MachineMetadata? metadata) =>
        metadata?.Volume is { } volume ? new(metadata.Path, volume) { Undo = new DeleteFileUndo(metadata.Path) } : null;

    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        try
        {
            MetadataImage.Create(Path, Volume, context.Stopping);
            context.Set(Identity, FileIdentity.OfContent(Path));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }
}
