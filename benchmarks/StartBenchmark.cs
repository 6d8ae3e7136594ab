using System;
using System.Collections.Generic;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>What Start-LinuxKitVM adds to the Hyper-V cmdlets that it calls.</summary>
internal static class StartBenchmark
{
    private const int Rounds = 200;

    // Enough for what the rows have in common to be compiled before the first one that counts.
    private const int WarmUps = 300;

    private const double Aim = 1.10;

    // What a real host's cmdlets take, at the least; 20 of each are enough where so little can vary.
    private const int HostCallMilliseconds = 20;
    private const int HostRounds = 20;

    public static IEnumerable<Comparison> Run(Workplace workplace)
    {
        using var session = new Session(workplace);
        yield return Compare(session, workplace, "`Start-LinuxKitVM`", string.Empty, null, Rounds, WarmUps);
        yield return Compare(session, workplace, "`Start-LinuxKitVM -NoCapture`", "-NoCapture", null, Rounds, WarmUps / 2);
        yield return Compare(session, workplace, "`Start-LinuxKitVM -Disk size=1`", "-Disk size=1", workplace["web-disk.vhdx"], Rounds, WarmUps / 2);

        Workplace.Delay(TimeSpan.FromMilliseconds(HostCallMilliseconds));
        yield return Compare(session, workplace, $"`Start-LinuxKitVM`, each call taking {HostCallMilliseconds} ms more,", string.Empty, null, HostRounds, warmUps: 1);
        Workplace.Delay(TimeSpan.Zero);
    }

    private static Comparison Compare(Session session, Workplace workplace, string title, string parameters, string? disk, int rounds, int warmUps)
    {
        var raw = $"$null = Hyper-V\\Get-VM -Name '[w]eb'\n{RawStart.ChooseSwitch}\n{RawStart.Script("web", workplace.Image, disk)}";
        const string cleanUp = "Get-LinuxKitVM | Remove-LinuxKitVM -RemoveDisk -Force";
        var rawCleanUp = $"Hyper-V\\Stop-VM web -TurnOff; Hyper-V\\Remove-VM web -Force{(disk is null ? string.Empty : $"; [IO.File]::Delete('{disk}')")}";
        return Comparison.Run(
            $"{title} against the Hyper-V cmdlets that it calls",
            rounds,
            () => session.Measure(raw, rawCleanUp),
            () => session.Measure($"Start-LinuxKitVM '{workplace.Image}' {parameters}", cleanUp),
            Aim,
            warmUps);
    }
}
