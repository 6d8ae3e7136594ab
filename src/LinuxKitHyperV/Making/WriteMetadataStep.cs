using System;
using System.Management.Automation;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Metadata;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Making;

/// <summary>A step that makes a metadata image. What is in it is not told: it may be a secret.</summary>
/// <param name="Path">The image, under a name of its own, so that taking the step back deletes nobody else's file.</param>
/// <param name="Volume">What is in it.</param>
internal sealed record WriteMetadataStep(string Path, MetadataFolder Volume) : PlanStep($"Write the metadata to '{Path}'")
{
    /// <summary>The image's <see cref="FileIdentity"/>, once it is written.</summary>
    public StepOutput<string> Identity { get; } = new("metadata image");

    /// <summary>The step, with what takes it back; null for metadata of which no image is to be made.</summary>
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
