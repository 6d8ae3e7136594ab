using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Planning;

/// <summary>One step of a plan, with what takes it back. It is data: what it needs to run it finds in the context.</summary>
/// <param name="Description">What the step does, in words for the user.</param>
internal abstract record PlanStep(string Description)
{
    /// <summary>Takes the step back; null where that is done by the undo of an earlier step.</summary>
    public Undo? Undo { get; init; }

    /// <summary>Whether the step is of no interest to who reads the plan: it changes nothing, or ends what the step before began.</summary>
    public bool IsDetail { get; init; }

    /// <summary>Whether a removal goes on where the step fails: what follows does not depend on it.</summary>
    public virtual bool MayFail => false;

    /// <summary>Does it.</summary>
    /// <exception cref="LinuxKitException">It failed.</exception>
    public abstract void Run(PlanContext context);
}

/// <summary>Takes a step back. It finds its object by something chosen before the step was made.</summary>
/// <param name="Subject">What is left if it cannot be taken back.</param>
/// <param name="Remedy">What the user can do then.</param>
internal abstract record Undo(string Subject, string Remedy)
{
    /// <summary>Takes the step back; does nothing where the step had not done its work.</summary>
    public abstract void Run(PlanContext context);
}

/// <summary>A step that is a call of a Hyper-V cmdlet.</summary>
/// <param name="Description">What the step does, in words for the user.</param>
/// <param name="Call">The call. A parameter's value may be an <see cref="IPlanValue{T}"/>; where that gives null, the parameter is left out.</param>
/// <param name="Failure">What is reported when it fails.</param>
internal sealed record CallStep(string Description, HyperVCall Call, CallFailure Failure) : PlanStep(Description)
{
    /// <summary>The name under which later steps find what the call returned.</summary>
    public StepOutput<PSObject>? Output { get; init; }

    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        var call = new HyperVCall(Call.Command);
        foreach (var parameter in Call.Parameters)
        {
            if (parameter.Value is not IPlanValue<object?> later)
            {
                call.Add(parameter.Key, parameter.Value);
            }
            else if (later.In(context) is { } value)
            {
                call.Add(parameter.Key, value);
            }
        }

        var output = context.HyperV.Invoke(call).OutputOr(Failure);
        if (Output is null)
        {
            return;
        }

        if (output.Count == 0)
        {
            throw new LinuxKitException(
                Failure.ErrorId,
                FailureKind.InvalidOperation,
                $"{Failure.Message} {Call.Command} returned nothing.",
                Failure.Target,
                Failure.Remedy);
        }

        context.Set(Output, output[0]);
    }
}

/// <summary>Takes a step back by a call of a Hyper-V cmdlet.</summary>
/// <param name="Subject">What is left if it cannot be taken back.</param>
/// <param name="Remedy">What the user can do then.</param>
/// <param name="Call">The call.</param>
internal sealed record CallUndo(string Subject, string Remedy, HyperVCall Call) : Undo(Subject, Remedy)
{
    /// <inheritdoc/>
    public override void Run(PlanContext context) => context.HyperV.Invoke(Call).ThrowIfFailed();
}
