using System;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>Says that a remote host's file may be left: nothing of Hyper-V deletes it.</summary>
/// <param name="Path">The file, as the host names it.</param>
internal sealed record TellUndo(string Path) : Undo($"the file '{Path}' on the Hyper-V host, if it was made", "Delete it there.")
{
    /// <inheritdoc/>
    public override void Run(IHyperV hyperV, CallOutputs outputs) =>
        throw new InvalidOperationException("Files of a remote host cannot be deleted from here.");
}
