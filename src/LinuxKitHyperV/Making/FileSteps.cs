using System;
using System.IO;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Making;

/// <summary>A step that gives a finished file its name.</summary>
/// <param name="From">The temporary name.</param>
/// <param name="To">The name, in the same folder.</param>
/// <param name="Moved">Tells later that the file has been moved.</param>
internal sealed record MoveFileStep(string From, string To, StepOutput<string> Moved) : PlanStep($"Give it its name '{Path.GetFileName(To)}'")
{
    /// <summary>Whether it takes the place of a file of that name; otherwise it never replaces one, not even one that has come there meanwhile.</summary>
    public bool Replaces { get; init; }

    /// <summary>The step, with what takes it back.</summary>
    public static MoveFileStep Create(string from, string to)
    {
        var moved = new StepOutput<string>($"moved '{from}'");
        return new MoveFileStep(from, to, moved) { Undo = new MoveFileBackUndo(from, to, moved) };
    }

    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        try
        {
            HeldFile.Do(context, To, Move);
            context.Set(Moved, To);
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

    private void Move()
    {
        if (Replaces && File.Exists(To))
        {
            File.Replace(From, To, destinationBackupFileName: null);
        }
        else
        {
            File.Move(From, To);
        }
    }
}

/// <summary>Gives a file its temporary name back, under which the undo of its making finds it.</summary>
/// <param name="From">The temporary name.</param>
/// <param name="To">The name that it was given.</param>
/// <param name="Moved">What tells that it was.</param>
internal sealed record MoveFileBackUndo(string From, string To, StepOutput<string> Moved) : Undo($"the file '{To}'", "Delete it.")
{
    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        // A file that was not moved is not ours, whatever has become of the temporary one.
        if (context.Find(Moved) is not null && File.Exists(To))
        {
            HeldFile.Do(context, To, () => File.Move(To, From));
        }
    }
}

/// <summary>Deletes a file that was made under a name of our own.</summary>
/// <param name="Path">The file.</param>
internal sealed record DeleteFileUndo(string Path) : Undo($"the file '{Path}'", "Delete it.")
{
    /// <inheritdoc/>
    public override void Run(PlanContext context) => HeldFile.Do(context, Path, () => File.Delete(Path));
}

/// <summary>Says that a remote host's file may be left: nothing of Hyper-V deletes it.</summary>
/// <param name="Path">The file, as the host names it.</param>
internal sealed record TellUndo(string Path) : Undo($"the file '{Path}' on the Hyper-V host, if it was made", "Delete it there.")
{
    /// <inheritdoc/>
    public override void Run(PlanContext context) =>
        throw new InvalidOperationException("Files of a remote host cannot be deleted from here.");
}
