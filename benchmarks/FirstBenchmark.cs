using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>The first start of a fresh PowerShell, whose code is not compiled yet, against the first time of the Hyper-V cmdlets that it calls.</summary>
/// <remarks>The modules are imported before: that has a row of its own.</remarks>
internal static class FirstBenchmark
{
    private const int Rounds = 15;
    private const double Aim = 1.5;

    public static IEnumerable<Comparison> Run(Workplace workplace)
    {
        Starts Ours() => Measure(
            "Import-Module Hyper-V, LinuxKitHyperV",
            $"Start-LinuxKitVM '{workplace.Image}' -Name $name",
            "Get-LinuxKitVM | Remove-LinuxKitVM -Force");
        Starts Raw() => Measure(
            "Import-Module Hyper-V",
            $"$null = Hyper-V\\Get-VM -Name '[w]eb'\n{RawStart.ChooseSwitch}\n{RawStart.Script("$name", workplace.Image)}",
            "Hyper-V\\Get-VM | Hyper-V\\Stop-VM -TurnOff -Passthru | Hyper-V\\Remove-VM -Force");

        // Files that nothing has read yet do not count.
        Ours();
        var rounds = Enumerable.Range(0, Rounds).Select(round =>
        {
            var (first, second) = round % 2 == 0 ? (Raw(), Ours()) : (Ours(), Raw());
            return round % 2 == 0 ? (Raw: first, Ours: second) : (Raw: second, Ours: first);
        }).ToList();
        yield return new Comparison(
            "the first `Start-LinuxKitVM` of a process against the first time of the Hyper-V cmdlets that it calls",
            [.. rounds.Select(round => round.Raw.First)],
            [.. rounds.Select(round => round.Ours.First)],
            Aim);
        yield return new Comparison(
            "the second of the process against their second time",
            [.. rounds.Select(round => round.Raw.Second)],
            [.. rounds.Select(round => round.Ours.Second)],
            Aim: null);
        yield return new Comparison(
            "the first of the process against its second",
            [.. rounds.Select(round => round.Ours.Second)],
            [.. rounds.Select(round => round.Ours.First)],
            Aim: null);
    }

    private static Starts Measure(string import, string start, string cleanUp)
    {
        var ticks = PowerShellProgram.Run($$"""
            {{import}}
            foreach ($name in 'web', 'db') {
                $processor = [Environment]::CpuUsage.TotalTime
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $null = . {
                    {{start}}
                }
                $watch.Stop()
                [Console]::Out.WriteLine("$($watch.Elapsed.Ticks) $(([Environment]::CpuUsage.TotalTime - $processor).Ticks)")
            }
            {{cleanUp}}
            """);
        Cost[] costs = [.. ticks.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(cost => new Cost(Time(cost[0]), Time(cost[1])))];
        return new Starts(costs[0], costs[1]);
    }

    private static TimeSpan Time(string ticks) => TimeSpan.FromTicks(long.Parse(ticks, CultureInfo.InvariantCulture));

    private sealed record Starts(Cost First, Cost Second);
}
