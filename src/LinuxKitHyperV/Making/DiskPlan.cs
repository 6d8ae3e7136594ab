using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Making;

/// <summary>The steps that make a disk: an empty one, or one of an image.</summary>
internal static class DiskPlan
{
    /// <summary>What is left to do where Hyper-V refuses a disk with 0xC03A001A, which it says in words of the user's language.</summary>
    public const string KeepPlain = "A disk must not be compressed (compact /U FILE), encrypted (cipher /D FILE) or sparse (fsutil sparse setflag FILE 0).";

    /// <summary>Plans a disk.</summary>
    /// <param name="host">The host that makes it.</param>
    /// <param name="path">Its file, absolute.</param>
    /// <param name="sizeBytes">Its size in bytes.</param>
    /// <param name="made">What the disk is called in later steps, if they ask for it.</param>
    public static IEnumerable<PlanStep> Make(HyperVHost host, string path, long sizeBytes, StepOutput<PSObject>? made = null)
    {
        var make = $"Make the disk '{path}' ({SizeText.Of(sizeBytes)})";
        var failure = new CallFailure(
            "DiskCreationFailed",
            $"The disk '{path}' could not be made.",
            path,
            "Check that its folder exists, may be written by you, has space, and is on a drive of this computer: Hyper-V's service does not reach what only your session does.");
        if (!host.IsLocal)
        {
            // Hyper-V has no cmdlet that renames or deletes a file on its host.
            yield return new CallStep(make, NewVhd(host, path, path, sizeBytes), failure) { Output = made, Undo = new TellUndo(path) };
            yield break;
        }

        // Made under a name that is certainly ours, so that undoing it never deletes a file that somebody else made
        // there meanwhile.
        var unfinished = UnfinishedPath(path);
        yield return new CallStep(make, NewVhd(host, unfinished, path, sizeBytes), failure)
        {
            Output = made,
            Undo = new DeleteFileUndo(unfinished),
        };
        yield return MoveFileStep.Create(unfinished, path) with { IsDetail = true };
    }

    /// <summary>Plans a disk that holds what is in an image. The file is one of this computer.</summary>
    /// <param name="imagePath">The image.</param>
    /// <param name="path">The disk's file, absolute.</param>
    /// <param name="sizeBytes">The disk's size; null for the smallest that holds the image.</param>
    /// <param name="replaces">Whether it takes the place of a file that is there.</param>
    /// <param name="made">What the disk is known by, for later steps that ask for it.</param>
    public static IEnumerable<PlanStep> Convert(string imagePath, string path, long? sizeBytes = null, bool replaces = false, StepOutput<string>? made = null)
    {
        var unfinished = UnfinishedPath(path);
        var replaced = new StepOutput<string>($"replaced '{path}'");
        yield return new ConvertDiskStep($"Convert '{imagePath}' to '{path}'", imagePath, unfinished, path, sizeBytes)
        {
            Made = made,
            Undo = new DeleteFileUndo(unfinished) { Replaced = replaced },
        };
        yield return MoveFileStep.Create(unfinished, path) with { Replaces = replaces, Replaced = replaced };
    }

    /// <summary>A name beside a file under which it is made: one that is certainly ours.</summary>
    public static string UnfinishedPath(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $"{MachineName.UnfinishedPrefix}{Guid.NewGuid():N}{Path.GetExtension(path)}");

    private static HyperVCall NewVhd(HyperVHost host, string path, string name, long sizeBytes)
    {
        var call = host.Call(HyperVCommand.NewVHD);
        call.Add("Path", path);
        call.Add("SizeBytes", (ulong)sizeBytes);
        call.Add("Dynamic", true);

        // A VHD's blocks have their one size.
        if (Path.GetExtension(name).Equals(".vhdx", StringComparison.OrdinalIgnoreCase))
        {
            call.Add("BlockSizeBytes", DiskSpec.BlockSizeBytes);
        }

        return call;
    }
}

/// <summary>A place for a disk.</summary>
/// <param name="ControllerType">IDE or SCSI.</param>
/// <param name="ControllerNumber">The controller.</param>
/// <param name="ControllerLocation">The place on it.</param>
internal sealed record DiskSlot(string ControllerType, int ControllerNumber, int ControllerLocation)
{
    private const int ScsiLocations = 64;
    private const int ScsiControllers = 4;

    /// <summary>The places of the data disks of a VM, in their order. They do not depend on what else the VM is given.</summary>
    /// <remarks>
    /// Generation 2: the first place is that of the boot medium, the second that of the metadata. Generation 1: its DVD drive is
    /// the first of the second IDE controller, and the place beside it is that of the metadata; after IDE comes SCSI.
    /// </remarks>
    public static IEnumerable<DiskSlot> ForData(MachineBoot boot) => boot switch
    {
        { Generation: 1, IsDisk: true } => [new DiskSlot("IDE", 0, 1), .. Scsi()],
        { Generation: 1 } => [new DiskSlot("IDE", 0, 0), new DiskSlot("IDE", 0, 1), .. Scsi()],
        _ => Scsi().Skip(2),
    };

    /// <summary>Adds the place to a call.</summary>
    public void AddTo(HyperVCall call)
    {
        call.Add("ControllerType", ControllerType);
        call.Add("ControllerNumber", ControllerNumber);
        call.Add("ControllerLocation", ControllerLocation);
    }

    private static IEnumerable<DiskSlot> Scsi() =>
        from controller in Enumerable.Range(0, ScsiControllers)
        from location in Enumerable.Range(0, ScsiLocations)
        select new DiskSlot("SCSI", controller, location);
}
