using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>Takes a step back. It finds its object by something chosen before the step was made.</summary>
/// <param name="Subject">What is left if it cannot be taken back.</param>
/// <param name="Remedy">What the user can do then.</param>
internal abstract record Undo(string Subject, string Remedy)
{
    /// <summary>Takes the step back; does nothing where the step had not done its work.</summary>
    public abstract void Run(IHyperV hyperV, CallOutputs outputs);
}
