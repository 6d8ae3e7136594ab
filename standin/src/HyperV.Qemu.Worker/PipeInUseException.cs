using System.IO;

namespace HyperV.Qemu.Worker;

/// <summary>A pipe has its one client already.</summary>
internal sealed class PipeInUseException(string pipe) : IOException($"The pipe '{pipe}' is in use.")
{
    /// <summary>The pipe's socket.</summary>
    public string Pipe { get; } = pipe;
}
