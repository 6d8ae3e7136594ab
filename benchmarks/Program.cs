using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>Runs the benchmarks that the arguments name, or all: start, processes, import, first, fleet, console, keys, footprint, conversion, calls.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Func<Workplace, IEnumerable<object>>> Comparisons = new()
    {
        ["start"] = StartBenchmark.Run,
        ["processes"] = ProcessBenchmark.Run,
        ["import"] = _ => ImportBenchmark.Run(),
        ["first"] = FirstBenchmark.Run,
        ["fleet"] = _ => FleetBenchmark.Run(),
        ["console"] = ConsoleBenchmark.Run,
        ["keys"] = KeyBenchmark.Run,
        ["footprint"] = FootprintBenchmark.Run,
        ["conversion"] = ConversionBenchmark.Run,
    };

    private const string Calls = "calls";

    public static int Main(string[] arguments)
    {
        string[] all = [.. Comparisons.Keys, Calls];
        var asked = arguments.Length == 0 ? all : arguments;
        if (asked.Except(all).FirstOrDefault() is { } unknown)
        {
            System.Console.Error.WriteLine($"There is no benchmark '{unknown}', but: {string.Join(", ", all)}.");
            return 2;
        }

        using var workplace = new Workplace();
        System.Console.WriteLine(Heading());
        System.Console.WriteLine(Comparison.Header);
        foreach (var row in asked.Where(Comparisons.ContainsKey).SelectMany(name => Comparisons[name](workplace)))
        {
            System.Console.WriteLine(row);
        }

        if (asked.Contains(Calls))
        {
            BenchmarkRunner.Run<CallBenchmarks>(DefaultConfig.Instance.WithArtifactsPath(Layout.Artifacts));
        }

        return 0;
    }

    private static string Heading() => string.Create(CultureInfo.InvariantCulture, $"""
        {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}
        The stand-in Hyper-V keeps states only. Processes: {PowerShellProcess.Description}.
        Medians, with least and most in brackets; the ratio is the median of the rounds' ratios.

        """);

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim()
        : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";
}
