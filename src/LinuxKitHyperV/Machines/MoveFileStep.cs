using System;
using System.IO;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>A step that gives a finished file its name. It never replaces a file that has come there meanwhile.</summary>
/// <param name="Description">What the step does, in words for the user.</param>
/// <param name="From">The temporary name.</param>
/// <param name="To">The name, in the same folder.</param>
internal sealed record MoveFileStep(string Description, string From, string To) : PlanStep(Description)
{
    /// <inheritdoc/>
    public override void Run(IHyperV hyperV, CallOutputs outputs)
    {
        try
        {
            File.Move(From, To);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LinuxKitException(
                "DiskNotWritable",
                FailureKind.WriteError,
                $"The disk '{To}' could not be written. {exception.Message}",
                To,
                "Choose another file with -Disk file=..., or remove what is in the way.",
                exception);
        }
    }
}
