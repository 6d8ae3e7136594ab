using System;
using System.Collections.Generic;
using System.Linq;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>What a VM costs where one call starts or gets many. The baseline is the same with one VM.</summary>
internal static class FleetBenchmark
{
    // Flat, and what a shared machine's noise adds.
    private const double Aim = 1.25;

    private static readonly (int Machines, int Rounds)[] Fleets = [(10, 10), (100, 5), (1000, 2)];

    public static IEnumerable<Comparison> Run(Workplace workplace)
    {
        using var session = new Session(workplace);
        StartPerMachine(session, workplace, machines: 20, rounds: 5, string.Empty);
        foreach (var (machines, rounds) in Fleets)
        {
            yield return StartPerMachine(session, workplace, machines, rounds, string.Empty);
            yield return StartPerMachine(session, workplace, machines, rounds, "-NoCapture");
            yield return RawStartPerMachine(session, workplace, machines, rounds);
        }

        foreach (var (machines, rounds) in Fleets)
        {
            yield return GetPerMachine(session, workplace, machines, rounds, "Get-LinuxKitVM");
            yield return GetPerMachine(session, workplace, machines, rounds, "Hyper-V\\Get-VM");
        }
    }

    private static Comparison StartPerMachine(Session session, Workplace workplace, int machines, int rounds, string parameters) =>
        PerMachine(
            $"`Start-LinuxKitVM -Name` {parameters} with {machines} names",
            machines,
            rounds,
            count => session.Measure($"{Start(workplace, count)} {parameters}", "Get-LinuxKitVM | Remove-LinuxKitVM -Force"),
            Aim);

    private static Comparison RawStartPerMachine(Session session, Workplace workplace, int machines, int rounds) =>
        PerMachine(
            $"a loop of the Hyper-V cmdlets, {machines} times",
            machines,
            rounds,
            count => session.Measure(
                $"{RawStart.ChooseSwitch}\nforeach ($i in 1..{count}) {{ {RawStart.Script("web$i", workplace.Image)} }}",
                "Hyper-V\\Get-VM | Hyper-V\\Stop-VM -TurnOff; Hyper-V\\Get-VM | Hyper-V\\Remove-VM -Force"));

    private static Comparison GetPerMachine(Session session, Workplace workplace, int machines, int rounds, string cmdlet)
    {
        foreach (var count in new[] { 1, machines })
        {
            workplace.UseHost($"host-of-{count}");
            session.Run($"if (-not (Hyper-V\\Get-VM)) {{ {Start(workplace, count)} -NoCapture }}");
        }

        var comparison = PerMachine(
            $"`{cmdlet}` on a host with {machines} VMs",
            machines,
            rounds,
            count =>
            {
                workplace.UseHost($"host-of-{count}");
                return session.Measure(cmdlet);
            },
            Aim);
        workplace.UseHost(Workplace.DefaultHost);
        return comparison;
    }

    private static Comparison PerMachine(string title, int machines, int rounds, Func<int, Cost> measure, double? aim = null) =>
        Comparison.Run($"{title}, each against one", rounds, () => measure(1), () => measure(machines) / machines, aim, warmUps: 0);

    private static string Start(Workplace workplace, int count) =>
        $"Start-LinuxKitVM '{workplace.Image}' -Name {string.Join(',', Enumerable.Range(1, count).Select(number => $"web{number}"))}";
}
