using System.Globalization;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>Something measured that is compared with nothing but its aim.</summary>
/// <param name="Title">What was measured, and in which unit.</param>
/// <param name="Value">How much.</param>
/// <param name="Aim">How much it may be at most; null where nothing is aimed at.</param>
internal sealed record Figure(string Title, double Value, double? Aim)
{
    /// <summary>A row of the table of comparisons.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"| {Title} | | {Value:0.0} | | | {Verdict()} |");

    private string Verdict() => Aim is { } aim
        ? string.Create(CultureInfo.InvariantCulture, $"{aim:0.0}: {(Value <= aim ? "met" : "missed")}")
        : string.Empty;
}
