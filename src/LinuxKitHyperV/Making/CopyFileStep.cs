using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Metadata;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Making;

/// <summary>A step that copies an image to where Hyper-V reaches it.</summary>
/// <param name="From">The image.</param>
/// <param name="Path">The copy, under a name of its own.</param>
/// <param name="Name">What the copy will be called.</param>
/// <param name="IsPrivate">Whether nobody but the user and the system may read it.</param>
/// <param name="Made">What it is known by, for later steps.</param>
internal sealed record CopyFileStep(string From, string Path, string Name, bool IsPrivate, StepOutput<string> Made) : PlanStep($"Copy '{From}' to '{Name}'")
{
    private const int BlockSize = 1 << 20;

    /// <summary>The steps of a copy, with what takes them back.</summary>
    public static IEnumerable<PlanStep> Steps(string from, string to, bool isPrivate, StepOutput<string> made)
    {
        var unfinished = DiskPlan.UnfinishedPath(to);
        return
        [
            new CopyFileStep(from, unfinished, to, isPrivate, made) { Undo = new DeleteFileUndo(unfinished) },
            MoveFileStep.Create(unfinished, to) with { IsDetail = true },
        ];
    }

    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        try
        {
            if (IsPrivate)
            {
                PrivateFile.Create(Path, file => Copy(file, context));
            }
            else
            {
                using var file = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
                Copy(file, context);
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new LinuxKitException(
                "DiskNotWritable",
                FailureKind.WriteError,
                $"'{From}' could not be copied to '{Name}'. {exception.Message}",
                Name,
                "Check that the folder may be written by you and has space, or copy the image yourself, to a drive of this computer.",
                exception);
        }
        finally
        {
            context.Report.ConversionEnded();
        }
    }

    private void Copy(Stream to, PlanContext context)
    {
        using var from = new FileStream(From, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var digest = new RunningDigest();
        var block = new byte[BlockSize];
        for (int count; (count = from.Read(block, 0, block.Length)) > 0;)
        {
            context.Stopping.ThrowIfCancellationRequested();
            to.Write(block, 0, count);
            digest.Add(block, count);
            context.Report.Converting(Description, new ConversionProgress(from.Position, Math.Max(from.Length, from.Position), from.Position));
        }

        context.Set(Made, FileIdentity.OfContent(digest));
    }
}
