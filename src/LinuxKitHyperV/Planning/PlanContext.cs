using System.Collections.Generic;
using System.Threading;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Planning;

/// <summary>What the steps of a plan have while it is run: Hyper-V, and what the steps before have given.</summary>
internal sealed class PlanContext
{
    private readonly Dictionary<object, object> _values;

    /// <summary>The context of one run of a plan.</summary>
    public PlanContext(IHyperV hyperV, IPlanReport report, CancellationToken stopping)
        : this(hyperV, report, stopping, [])
    {
    }

    private PlanContext(IHyperV hyperV, IPlanReport report, CancellationToken stopping, Dictionary<object, object> values)
    {
        HyperV = hyperV;
        Report = report;
        Stopping = stopping;
        _values = values;
    }

    /// <summary>Hyper-V; for an undo the one whose calls run although the pipeline is being stopped.</summary>
    public IHyperV HyperV { get; }

    /// <summary>Is told what is done.</summary>
    public IPlanReport Report { get; }

    /// <summary>Is canceled when the pipeline is stopped; never for an undo.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>How its steps wait.</summary>
    public PatientWait Wait => new(Report, Stopping);

    /// <summary>The same for what takes steps back.</summary>
    public PlanContext Undoing => new(HyperV.Undoing, Report, CancellationToken.None, _values);

    /// <summary>What a step has given, or null while it has not.</summary>
    public T? Find<T>(StepOutput<T> output)
        where T : class => _values.TryGetValue(output, out var value) ? (T)value : null;

    /// <summary>Gives a value to the steps that follow.</summary>
    public void Set<T>(StepOutput<T> output, T value)
        where T : class => _values[output] = value;
}
