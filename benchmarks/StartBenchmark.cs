using System.Collections.Generic;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>What Start-LinuxKitVM adds to the Hyper-V cmdlets that it calls.</summary>
internal static class StartBenchmark
{
    private const int Rounds = 60;
    private const int WarmUps = 60;
    private const double Aim = 1.10;

    public static IEnumerable<Comparison> Run(Workplace workplace)
    {
        using var session = new Session(workplace);
        yield return Compare(session, workplace, "Start-LinuxKitVM", string.Empty, null);
        yield return Compare(session, workplace, "Start-LinuxKitVM -NoCapture", "-NoCapture", null);
        yield return Compare(session, workplace, "Start-LinuxKitVM -Disk size=1", "-Disk size=1", workplace["web-disk.vhdx"]);
    }

    private static Comparison Compare(Session session, Workplace workplace, string title, string parameters, string? disk)
    {
        var raw = $"$null = Hyper-V\\Get-VM -Name '[w]eb'\n{RawStart.ChooseSwitch}\n{RawStart.Script("web", workplace.Image, disk)}";
        const string cleanUp = "Get-LinuxKitVM | Remove-LinuxKitVM -RemoveDisk -Force";
        var rawCleanUp = $"Hyper-V\\Stop-VM web -TurnOff; Hyper-V\\Remove-VM web -Force{(disk is null ? string.Empty : $"; [IO.File]::Delete('{disk}')")}";
        return Comparison.Run(
            $"`{title}` against the Hyper-V cmdlets that it calls",
            Rounds,
            () => session.Measure(raw, rawCleanUp),
            () => session.Measure($"Start-LinuxKitVM '{workplace.Image}' {parameters}", cleanUp),
            Aim,
            WarmUps);
    }
}
