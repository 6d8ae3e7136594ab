using System;
using System.Collections.Generic;
using System.Globalization;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>Import-Module in fresh processes, each timing its own import.</summary>
internal static class ImportBenchmark
{
    private const int Rounds = 15;
    private const double Aim = 1.5;

    public static IEnumerable<Comparison> Run()
    {
        yield return Comparison.Run(
            "`Import-Module LinuxKitHyperV` against a binary module with one empty cmdlet",
            Rounds,
            () => Import(Layout.EmptyModule),
            () => Import(Layout.Module),
            Aim);
    }

    private static Cost Import(string manifest)
    {
        var output = PowerShellProgram.Run(
            $"$watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{manifest}'; [Console]::Out.Write($watch.Elapsed.Ticks)");
        return new Cost(TimeSpan.FromTicks(long.Parse(output, CultureInfo.InvariantCulture)));
    }
}
