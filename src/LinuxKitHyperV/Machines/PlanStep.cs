using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>One step of a plan, with what takes it back.</summary>
/// <param name="Description">What the step does, in words for the user.</param>
internal abstract record PlanStep(string Description)
{
    /// <summary>Takes the step back; null where that is done by the undo of an earlier step.</summary>
    public Undo? Undo { get; init; }

    /// <summary>Whether the step is of no interest to who reads the plan: it changes nothing, or ends what the step before began.</summary>
    public bool IsDetail { get; init; }

    /// <summary>Does it.</summary>
    /// <exception cref="LinuxKitException">It failed.</exception>
    public abstract void Run(IHyperV hyperV, CallOutputs outputs);
}

/// <summary>A step that is a call of a Hyper-V cmdlet.</summary>
/// <param name="Description">What the step does, in words for the user.</param>
/// <param name="Call">The call.</param>
/// <param name="Failure">What is reported when it fails.</param>
internal sealed record CallStep(string Description, HyperVCall Call, CallFailure Failure) : PlanStep(Description)
{
    /// <summary>What the object that the call returns is called in the calls that follow.</summary>
    public CallOutput? Output { get; init; }

    /// <inheritdoc/>
    public override void Run(IHyperV hyperV, CallOutputs outputs)
    {
        var result = hyperV.Invoke(Call.Resolve(outputs));
        if (result.FirstError is { } error)
        {
            throw HyperVErrors.Translate(error, Failure);
        }

        if (Output is null)
        {
            return;
        }

        if (result.Output.Count == 0)
        {
            throw new LinuxKitException(
                Failure.ErrorId,
                FailureKind.InvalidOperation,
                $"{Failure.Message} {Call.Command} returned nothing.",
                Failure.Target,
                Failure.Remedy);
        }

        outputs[Output] = result.Output[0];
    }
}
