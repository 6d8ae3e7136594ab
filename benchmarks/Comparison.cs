using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>Something measured against a baseline, in turns: what slows the machine down for a while slows both.</summary>
/// <param name="Title">What was compared.</param>
/// <param name="Baseline">The baseline's costs, one a round.</param>
/// <param name="Measured">The costs of what is compared with it, one a round.</param>
/// <param name="Aim">What the ratio may be at most; null where nothing is aimed at.</param>
internal sealed record Comparison(string Title, IReadOnlyList<Cost> Baseline, IReadOnlyList<Cost> Measured, double? Aim)
{
    public const string Header = """
        | what | baseline, ms | measured, ms | ratio of times | ratio of processor times | aim |
        | --- | --- | --- | --- | --- | --- |
        """;

    private IEnumerable<double> Ratios => Measured.Zip(Baseline, (measured, baseline) => measured.Elapsed / baseline.Elapsed);

    private IEnumerable<double> ProcessorRatios => Measured.Zip(Baseline)
        .Where(round => round.First.Processor > TimeSpan.Zero && round.Second.Processor > TimeSpan.Zero)
        .Select(round => round.First.Processor!.Value / round.Second.Processor!.Value);

    /// <summary>Measures both in every round, in an order that changes from round to round.</summary>
    /// <param name="title">What is compared.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="baseline">Does the baseline's work once, and tells its cost.</param>
    /// <param name="measured">Does the work that is compared with it once, and tells its cost.</param>
    /// <param name="aim">What the ratio may be at most; null where nothing is aimed at.</param>
    /// <param name="warmUps">Rounds before the first that counts.</param>
    public static Comparison Run(string title, int rounds, Func<Cost> baseline, Func<Cost> measured, double? aim = null, int warmUps = 1)
    {
        var costs = (Baseline: new List<Cost>(), Measured: new List<Cost>());
        for (var round = -warmUps; round < rounds; round++)
        {
            var (first, second) = round % 2 == 0 ? (baseline, measured) : (measured, baseline);
            var (one, other) = (first(), second());
            if (round >= 0)
            {
                costs.Baseline.Add(round % 2 == 0 ? one : other);
                costs.Measured.Add(round % 2 == 0 ? other : one);
            }
        }

        return new Comparison(title, costs.Baseline, costs.Measured, aim);
    }

    /// <summary>A row of the table: medians, with least and most in brackets.</summary>
    public override string ToString() =>
        $"| {Title} | {Spread(Milliseconds(Baseline))} | {Spread(Milliseconds(Measured))} | {Spread(Ratios)} | {Spread(ProcessorRatios)} | {Verdict()} |";

    private string Verdict() => Aim is { } aim
        ? $"{Number(aim)}: {(Median(Ratios) <= aim ? "met" : "missed")}"
        : string.Empty;

    private static IEnumerable<double> Milliseconds(IEnumerable<Cost> costs) => costs.Select(cost => cost.Elapsed.TotalMilliseconds);

    private static string Spread(IEnumerable<double> values) =>
        values.Any() ? $"{Number(Median(values))} ({Number(values.Min())} to {Number(values.Max())})" : string.Empty;

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Number(double value) =>
        value.ToString(value < 0.1 ? "0.0000" : value < 10 ? "0.00" : value < 1000 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
