using System;
using System.Collections.Generic;
using System.Linq;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>What a VM costs where one call starts or gets many. The baseline is the same with one VM, or what Hyper-V's cmdlets cost.</summary>
internal static class FleetBenchmark
{
    // Flat, and what a shared machine's noise adds.
    private const double FlatAim = 1.25;

    private const double RawAim = 1.10;

    private static readonly (int Machines, int Rounds)[] Fleets = [(10, 10), (100, 5), (1000, 2)];

    public static IEnumerable<Comparison> Run()
    {
        using var workplace = Workplace.InMemory();
        using var session = new Session(workplace);
        Start(session, workplace, 20, string.Empty);
        StartRaw(session, workplace, 20);
        foreach (var (machines, rounds) in Fleets)
        {
            yield return Flat($"`Start-LinuxKitVM -Name` with {machines} names", machines, rounds, count => Start(session, workplace, count, string.Empty));
            yield return Flat($"`Start-LinuxKitVM -Name -NoCapture` with {machines} names", machines, rounds, count => Start(session, workplace, count, "-NoCapture"));
            yield return Comparison.Run(
                $"`Start-LinuxKitVM -Name -NoCapture` with {machines} names, each against the Hyper-V cmdlets in a loop",
                rounds,
                () => StartRaw(session, workplace, machines) / machines,
                () => Start(session, workplace, machines, "-NoCapture") / machines,
                RawAim,
                warmUps: 0);
        }

        foreach (var (machines, rounds) in Fleets)
        {
            yield return GetPerMachine(session, workplace, machines, rounds, "Get-LinuxKitVM");
            yield return GetPerMachine(session, workplace, machines, rounds, "Hyper-V\\Get-VM");
        }
    }

    private static Cost Start(Session session, Workplace workplace, int count, string parameters) =>
        session.Measure($"{Start(workplace, count)} {parameters}", "Get-LinuxKitVM | Remove-LinuxKitVM -Force");

    private static Cost StartRaw(Session session, Workplace workplace, int count) => session.Measure(
        $"{RawStart.ChooseSwitch}\nforeach ($i in 1..{count}) {{ {RawStart.Script("web$i", workplace.Image)} }}",
        "Hyper-V\\Get-VM | Hyper-V\\Stop-VM -TurnOff; Hyper-V\\Get-VM | Hyper-V\\Remove-VM -Force");

    private static Comparison GetPerMachine(Session session, Workplace workplace, int machines, int rounds, string cmdlet)
    {
        foreach (var count in new[] { 1, machines })
        {
            workplace.UseHost($"host-of-{count}");
            session.Run($"if (-not (Hyper-V\\Get-VM)) {{ {Start(workplace, count)} -NoCapture }}");
        }

        var comparison = Flat(
            $"`{cmdlet}` on a host with {machines} VMs",
            machines,
            rounds,
            count =>
            {
                workplace.UseHost($"host-of-{count}");
                return session.Measure(cmdlet);
            });
        workplace.UseHost(Workplace.DefaultHost);
        return comparison;
    }

    private static Comparison Flat(string title, int machines, int rounds, Func<int, Cost> measure) =>
        Comparison.Run($"{title}, each against one", rounds, () => measure(1), () => measure(machines) / machines, FlatAim, warmUps: 0);

    private static string Start(Workplace workplace, int count) =>
        $"Start-LinuxKitVM '{workplace.Image}' -Name {string.Join(',', Enumerable.Range(1, count).Select(number => $"web{number}"))}";
}
