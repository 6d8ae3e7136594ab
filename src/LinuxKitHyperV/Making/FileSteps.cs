using System;
using System.IO;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Making;

/// <summary>A step that gives a finished file its name.</summary>
/// <param name="From">The temporary name.</param>
/// <param name="To">The name, in the same folder.</param>
/// <param name="Moved">Tells later that the file has been moved.</param>
internal sealed record MoveFileStep(string From, string To, StepOutput<string> Moved) : PlanStep($"Give it its name '{Path.GetFileName(To)}'")
{
    /// <summary>Whether it replaces a file of that name; otherwise none is replaced, even if it was made a moment ago.</summary>
    public bool Replaces { get; init; }

    /// <summary>Tells later which file it was about to replace; null where nobody asks.</summary>
    public StepOutput<string>? Replaced { get; init; }

    /// <summary>The step, with what takes it back.</summary>
    public static MoveFileStep Create(string from, string to)
    {
        var moved = new StepOutput<string>($"moved '{from}'");
        return new MoveFileStep(from, to, moved) { Undo = new MoveFileBackUndo(from, to, moved) };
    }

    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        var wasThere = false;
        try
        {
            HeldFile.Do(context, To, () =>
            {
                if (Replaces && File.Exists(To))
                {
                    // What was there is gone then, and nothing brings it back: what took its place stays, whatever comes.
                    wasThere = true;
                    if (Replaced is not null)
                    {
                        context.Set(Replaced, To);
                    }

                    File.Replace(From, To, destinationBackupFileName: null);
                }
                else
                {
                    // Windows may have done half of it before: the old file was deleted, and the new one held.
                    File.Move(From, To);
                    if (!wasThere)
                    {
                        context.Set(Moved, To);
                    }
                }
            });
            PlainFile.Make(To);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && wasThere && !File.Exists(From))
        {
            throw new LinuxKitException(
                "DiskNotWritable",
                FailureKind.WriteError,
                $"The disk '{To}' is replaced, but Hyper-V does not take it as it is. {exception.Message}",
                To,
                PlainFile.Commands(To, File.GetAttributes(To)) is { Length: > 0 } commands ? $"Run {commands}." : DiskPlan.KeepPlain,
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && wasThere && !File.Exists(To))
        {
            throw new LinuxKitException(
                "DiskNotWritable",
                FailureKind.WriteError,
                $"The old disk '{To}' is deleted, but the new one could not be given its name, and is '{From}'. {exception.Message}",
                To,
                $"Give it its name when nothing uses it any more: Rename-Item -LiteralPath '{From}' '{Path.GetFileName(To)}'.",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LinuxKitException(
                "DiskNotWritable",
                FailureKind.WriteError,
                $"The disk '{To}' could not be written. {exception.Message}",
                To,
                "Choose another file, or remove what is in the way.",
                exception);
        }
    }
}

/// <summary>Gives a file its temporary name back: the undo of its making looks for that name.</summary>
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
    /// <summary>Tells which file it was about to replace: where that is gone, this one stays. Null where it replaces none.</summary>
    public StepOutput<string>? Replaced { get; init; }

    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        if (Replaced is null || context.Find(Replaced) is not { } old || File.Exists(old))
        {
            HeldFile.Do(context, Path, () => File.Delete(Path));
        }
    }
}

/// <summary>A step that makes the folder for a VM's files, unless it is there.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Made">Tells later that it was made.</param>
internal sealed record MakeFolderStep(string Path, StepOutput<string> Made) : PlanStep($"Make the folder '{Path}'")
{
    /// <summary>The step, with what takes it back.</summary>
    public static MakeFolderStep Create(string path)
    {
        var made = new StepOutput<string>($"folder '{path}'");
        return new MakeFolderStep(path, made) { Undo = new DeleteFolderUndo(path, made) };
    }

    /// <summary>The step where there is a folder to make, and none otherwise.</summary>
    public static MakeFolderStep? For(string? path) => path is null ? null : Create(path);

    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        try
        {
            if (!Directory.Exists(Path))
            {
                Directory.CreateDirectory(Path);
                context.Set(Made, Path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LinuxKitException(
                "DiskNotWritable",
                FailureKind.WriteError,
                $"The folder '{Path}' could not be made. {exception.Message}",
                Path,
                "Go to a folder on a drive of this computer with Set-Location, or give Hyper-V another folder for disks with Set-VMHost -VirtualHardDiskPath.",
                exception);
        }
    }
}

/// <summary>Deletes a folder that was made, if nothing is in it.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Made">What tells that it was made.</param>
internal sealed record DeleteFolderUndo(string Path, StepOutput<string> Made) : Undo($"the folder '{Path}'", "Delete it.")
{
    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        if (context.Find(Made) is not null)
        {
            Directory.Delete(Path);
        }
    }
}

/// <summary>Says that a remote host's file may be left: nothing of Hyper-V deletes it.</summary>
/// <param name="Path">The file, as the host names it.</param>
internal sealed record TellUndo(string Path) : Undo($"the file '{Path}' on the Hyper-V host, if it was made", "Delete it there.")
{
    /// <inheritdoc/>
    public override void Run(PlanContext context) =>
        throw new InvalidOperationException("Files of a remote host cannot be deleted from here.");
}
