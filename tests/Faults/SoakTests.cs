using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>VMs are made, started, stopped and removed for a long time: what the process holds does not grow.</summary>
public sealed class SoakTests : FaultTests
{
    private const string Turn = """
        $null = Start-LinuxKitVM ./web-efi.iso -Disk size=1 -Metadata secret
        $null = Get-LinuxKitVM
        $null = Receive-LinuxKitConsole web
        $null = Start-LinuxKitVM ./web-efi.iso -ErrorAction Ignore
        Stop-LinuxKitVM web -TurnOff
        $null = Start-LinuxKitVM -Name web
        Remove-LinuxKitVM web -Force -RemoveDisk
        """;

    private const int WarmUpTurns = 20;
    private const int Looks = 12;

    [Fact]
    public void ABriefSoakIsFlat() => Soak(TimeSpan.FromSeconds(2), Form.Short);

    /// <summary>An hour; LINUXKIT_HYPERV_TESTS_SOAK_MINUTES makes it another time.</summary>
    [Fact(Explicit = true)]
    public void ASoakIsFlat() => Soak(
        TimeSpan.FromMinutes(double.Parse(Environment.GetEnvironmentVariable("LINUXKIT_HYPERV_TESTS_SOAK_MINUTES") ?? "60", CultureInfo.InvariantCulture)), Form.Long);

    private void Soak(TimeSpan time, Form form)
    {
        var files = HostSnapshot.Of(Module);
        for (var turn = 0; turn < WarmUpTurns; turn++)
        {
            MakeATurn();
        }

        var watch = Stopwatch.StartNew();
        var usages = new List<Usage> { Usage.Now() };
        var turns = 0;
        for (; watch.Elapsed < time; turns++)
        {
            MakeATurn();
            if (watch.Elapsed >= time * usages.Count / Looks)
            {
                usages.Add(Usage.Now());
                TestContext.Current.SendDiagnosticMessage($"{watch.Elapsed:g}, {turns} turns: {usages[^1]}");
            }
        }

        Assert.Equal(files, HostSnapshot.Of(Module));
        Figures.Tell(
            "Soak of starts, stops and removals",
            form,
            $"{watch.Elapsed.TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture)} min, {turns} turns; first, highest and last of {usages.Count} looks: "
            + $"managed memory {Show(usages, usage => usage.ManagedMemory >> 10)} KiB, working set {Show(usages, usage => usage.WorkingSet >> 10)} KiB, "
            + $"handles {Show(usages, usage => usage.Handles)}, threads {Show(usages, usage => usage.Threads)}, temporary files {Show(usages, usage => usage.TemporaryFiles)}");
        AssertFlat(usages, usage => usage.ManagedMemory, 8 << 20);
        AssertFlat(usages, usage => usage.WorkingSet, 96 << 20);
        AssertFlat(usages, usage => usage.Handles, 20);
        AssertFlat(usages, usage => usage.Threads, 20);
        AssertFlat(usages, usage => usage.TemporaryFiles, 0);
    }

    private void MakeATurn()
    {
        Module.RunWell(Turn);
        Module.Recording.Clear();
    }

    private static string Show(IReadOnlyList<Usage> usages, Func<Usage, long> figure) =>
        string.Create(CultureInfo.InvariantCulture, $"{figure(usages[0])}, {usages.Max(figure)}, {figure(usages[^1])}");

    private static void AssertFlat(IReadOnlyList<Usage> usages, Func<Usage, long> figure, long slack) =>
        Assert.InRange(figure(usages[^1]), 0, figure(usages[0]) + slack);

    /// <summary>What the process holds.</summary>
    private sealed record Usage(long ManagedMemory, long WorkingSet, int Handles, int Threads, int TemporaryFiles)
    {
        public static Usage Now()
        {
            var memory = GC.GetTotalMemory(forceFullCollection: true);
            using var process = Process.GetCurrentProcess();
            return new Usage(memory, process.WorkingSet64, process.HandleCount, process.Threads.Count, Directory.EnumerateFiles(Path.GetTempPath(), "*", SearchOption.AllDirectories).Count());
        }
    }
}
