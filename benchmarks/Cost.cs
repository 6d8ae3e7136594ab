using System;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>What something cost.</summary>
/// <param name="Elapsed">The time that it took.</param>
/// <param name="Processor">The time that this process worked on it, whatever else the machine did meanwhile; null for what other processes do.</param>
internal readonly record struct Cost(TimeSpan Elapsed, TimeSpan? Processor = null)
{
    /// <summary>The cost of one of several equal parts.</summary>
    public static Cost operator /(Cost cost, int parts) => new(cost.Elapsed / parts, cost.Processor / parts);
}
