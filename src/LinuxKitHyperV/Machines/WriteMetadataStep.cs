using System;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Metadata;

namespace LinuxKitHyperV.Machines;

/// <summary>A step that makes a metadata image. What is in it is not told: it may be a secret.</summary>
/// <param name="Path">The image, under a name of its own, so that taking the step back deletes nobody else's file.</param>
/// <param name="Volume">What is in it.</param>
/// <param name="Cancellation">Is canceled when the pipeline is stopped.</param>
internal sealed record WriteMetadataStep(string Path, MetadataFolder Volume, CancellationToken Cancellation) : PlanStep($"Write the metadata to '{Path}'")
{
    /// <summary>What the image's <see cref="FileIdentity"/> is called in later steps.</summary>
    public static CallOutput Identity { get; } = new("metadata image");

    /// <inheritdoc/>
    public override void Run(IHyperV hyperV, CallOutputs outputs)
    {
        try
        {
            MetadataImage.Create(Path, Volume, Cancellation);
            outputs[Identity] = PSObject.AsPSObject(FileIdentity.OfContent(Path));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>The step, with what takes it back.</summary>
    public static WriteMetadataStep Create(string path, MetadataFolder volume, CancellationToken cancellation) =>
        new(path, volume, cancellation) { Undo = new DeleteFileUndo(path) };
}
