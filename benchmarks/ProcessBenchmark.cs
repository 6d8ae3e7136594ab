using System.Collections.Generic;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>The module against the way of <c>linuxkit run hyperv</c>: a PowerShell process for every command.</summary>
/// <remarks>
/// The tool asks twice who the user is and once where Get-VM comes from. There are no Windows accounts on other systems:
/// the two questions are asked in vain here, by processes that do no more than name the type.
/// </remarks>
internal static class ProcessBenchmark
{
    private const int Rounds = 5;
    private const double Aim = 1.0 / 20;

    public static IEnumerable<Comparison> Run(Workplace workplace)
    {
        var disk = workplace["web-disk.vhdx"];
        var start = Start(workplace.Image, disk);
        string[] whole = [.. start, "Hyper-V\\Stop-VM -Name 'web' -Force -TurnOff", "Hyper-V\\Remove-VM -Name 'web' -Force"];
        var startOurs = $"Start-LinuxKitVM '{workplace.Image}' -Disk 'file={disk},size=1'";
        const string removeOurs = "Get-LinuxKitVM | Stop-LinuxKitVM -TurnOff; Get-LinuxKitVM | Remove-LinuxKitVM -RemoveDisk -Force";
        const string removeTheirs = "Hyper-V\\Stop-VM web -TurnOff; Hyper-V\\Remove-VM web -Force";
        var deleteDisk = $"[IO.File]::Delete('{disk}')";

        using var session = new Session(workplace);
        yield return Comparison.Run(
            $"`Start-LinuxKitVM -Disk size=1` in an open session against {start.Length} processes",
            Rounds,
            () =>
            {
                var cost = PowerShellProcess.Measure(start);
                session.Run($"{removeTheirs}; {deleteDisk}");
                return cost;
            },
            () => session.Measure(startOurs, removeOurs),
            Aim);
        yield return Comparison.Run(
            $"start, stop and remove in an open session against {whole.Length} processes",
            Rounds,
            () =>
            {
                var cost = PowerShellProcess.Measure(whole);
                session.Run(deleteDisk);
                return cost;
            },
            () => session.Measure($"{startOurs}; {removeOurs}"),
            Aim);
        yield return Comparison.Run(
            $"the same in one process of its own, module and all, against {whole.Length} processes",
            Rounds,
            () =>
            {
                var cost = PowerShellProcess.Measure(whole);
                session.Run(deleteDisk);
                return cost;
            },
            () => PowerShellProcess.Measure([$"{startOurs}; {removeOurs}"]));
    }

    private static string[] Start(string image, string disk) =>
    [
        "$null = [Security.Principal.WindowsPrincipal]",
        "$null = [Security.Principal.WindowsPrincipal]",
        "@(Get-Command Get-VM).ModuleName",
        "Hyper-V\\Get-VMSwitch 'Default Switch'",
        "Hyper-V\\New-VM -Name 'web' -Generation 2 -NoVHD -SwitchName 'Default Switch'",
        "Hyper-V\\Set-VM -Name 'web' -AutomaticStartAction Nothing -AutomaticStopAction ShutDown -CheckpointType Disabled " +
            "-MemoryStartupBytes 1024MB -StaticMemory -ProcessorCount 1",
        $"Hyper-V\\New-VHD -Path '{disk}' -SizeBytes 1024MB -Dynamic",
        $"Hyper-V\\Add-VMHardDiskDrive -VMName 'web' -Path '{disk}'",
        $"Hyper-V\\Add-VMDvdDrive -VMName 'web' -Path '{image}'",
        "$cdrom = Hyper-V\\Get-VMDvdDrive -VMName 'web'; Hyper-V\\Set-VMFirmware -VMName 'web' -EnableSecureBoot Off -FirstBootDevice $cdrom",
        @"Hyper-V\Set-VMComPort -VMName 'web' -Number 1 -Path \\.\pipe\web-com1",
        "Hyper-V\\Start-VM -Name 'web'",
    ];
}
