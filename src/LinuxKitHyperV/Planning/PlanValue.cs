namespace LinuxKitHyperV.Planning;

/// <summary>A value that a plan speaks of before it is there: a step's, or a parameter's of its call.</summary>
/// <typeparam name="T">A reference type, so that any of them is an <see cref="IPlanValue{T}"/> of object too.</typeparam>
internal interface IPlanValue<out T>
{
    /// <summary>The value, while the plan is run.</summary>
    T In(PlanContext context);
}

/// <summary>What a step will have given. Two of one name are two values.</summary>
/// <param name="name">What it is, for a reader: "VM", "boot DVD".</param>
internal sealed class StepOutput<T>(string name) : IPlanValue<T>
    where T : class
{
    /// <inheritdoc/>
    public T In(PlanContext context) => context.Find(this) ?? throw new System.InvalidOperationException($"No step has given the {name}.");

    /// <inheritdoc/>
    public override string ToString() => name;
}

/// <summary>A value that is there already.</summary>
internal sealed record Known<T>(T Value) : IPlanValue<T>
{
    /// <inheritdoc/>
    public T In(PlanContext context) => Value;
}
