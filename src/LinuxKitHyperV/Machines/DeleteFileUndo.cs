using System.IO;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>Deletes a file that was made under a name of our own.</summary>
/// <param name="Path">The file.</param>
internal sealed record DeleteFileUndo(string Path) : Undo($"the file '{Path}'", "Delete it.")
{
    /// <inheritdoc/>
    public override void Run(IHyperV hyperV, CallOutputs outputs) => File.Delete(Path);
}

/// <summary>Gives a file its temporary name back, under which the undo of its making finds it.</summary>
/// <param name="From">The temporary name.</param>
/// <param name="To">The name that it was given.</param>
internal sealed record MoveFileBackUndo(string From, string To) : Undo($"the file '{To}'", "Delete it.")
{
    /// <inheritdoc/>
    public override void Run(IHyperV hyperV, CallOutputs outputs)
    {
        // A file that was not moved is not ours, whatever has become of the temporary one.
        if (outputs.Find(MoveFileStep.Moved(From)) is not null && File.Exists(To))
        {
            File.Move(To, From);
        }
    }
}
