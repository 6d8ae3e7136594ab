using System;
using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>A step that gives a finished file its name.</summary>
/// <param name="Description">What the step does, in words for the user.</param>
/// <param name="From">The temporary name.</param>
/// <param name="To">The name, in the same folder.</param>
internal sealed record MoveFileStep(string Description, string From, string To) : PlanStep(Description)
{
    /// <summary>Whether it takes the place of a file of that name; otherwise it never replaces one, not even one that has come there meanwhile.</summary>
    public bool Replaces { get; init; }

    /// <summary>What tells later that the file has been moved.</summary>
    public static CallOutput Moved(string from) => new($"moved '{from}'");

    /// <inheritdoc/>
    public override void Run(IHyperV hyperV, CallOutputs outputs)
    {
        try
        {
            if (Replaces && File.Exists(To))
            {
                File.Replace(From, To, destinationBackupFileName: null);
            }
            else
            {
                File.Move(From, To);
            }

            outputs[Moved(From)] = PSObject.AsPSObject(To);
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
