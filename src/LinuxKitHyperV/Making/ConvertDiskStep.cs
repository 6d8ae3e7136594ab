using System;
using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Making;

/// <summary>A step that writes the disk in an image into a VHDX or a VHD.</summary>
/// <param name="Description">What the step does, in words for the user.</param>
/// <param name="ImagePath">The image.</param>
/// <param name="Path">The file to write, whose extension tells the format.</param>
/// <param name="Name">What the file will be called.</param>
/// <param name="SizeBytes">The disk's size; null for the smallest that holds the image.</param>
internal sealed record ConvertDiskStep(
    string Description,
    string ImagePath,
    string Path,
    string Name,
    long? SizeBytes) : PlanStep(Description)
{
    /// <summary>What the disk is known by, for later steps that ask for it.</summary>
    public StepOutput<string>? Made { get; init; }

    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        using var image = ImageFile.Open(ImagePath);
        Check(image);
        var least = DiskConversion.SizeFor(image.Content.Length);
        var size = SizeBytes ?? least;
        var isVhd = System.IO.Path.GetExtension(Path).Equals(".vhd", StringComparison.OrdinalIgnoreCase);
        var most = DiskConversion.MaximumSizeOf(isVhd);
        if (size < least || size > most)
        {
            throw new LinuxKitException(
                "InvalidDiskSize",
                FailureKind.InvalidArgument,
                $"The disk '{Name}' cannot be {SizeText.Of(size)} large: the image has {SizeText.Of(image.Content.Length)}.",
                Name,
                $"A disk for it, of that format, has {SizeText.Of(least)} to {SizeText.Of(most)}.");
        }

        Write(image, isVhd, size, context);
        if (Made is not null)
        {
            context.Set(Made, FileIdentity.OfDisk(Path));
        }
    }

    private void Check(ImageFile image)
    {
        if (image.Format == LinuxKitImageFormat.Iso)
        {
            throw MachineDisks.IsDvd(ImagePath);
        }

        if (image.Format == LinuxKitImageFormat.Raw)
        {
            ImageFile.Explain(ImagePath, () => RawDisk.RequireWhole(image.Content));
        }
    }

    private void Write(ImageFile image, bool isVhd, long size, PlanContext context)
    {
        try
        {
            ImageFile.Explain(ImagePath, () => DiskConversion.Run(image.Content, Path, isVhd, size, progress => context.Report.Converting($"Convert '{ImagePath}'", progress), context.Stopping));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LinuxKitException(
                "DiskNotWritable",
                FailureKind.WriteError,
                $"The disk '{Name}' could not be written. {exception.Message}",
                Name,
                "Check that its folder exists, may be written by you and has space.",
                exception);
        }
        finally
        {
            context.Report.ConversionEnded();
        }
    }
}
