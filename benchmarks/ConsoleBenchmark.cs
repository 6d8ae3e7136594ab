using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>What a console's capture and its reading cost, against socat where it can do the same.</summary>
internal static class ConsoleBenchmark
{
    private const string Memory = "/dev/shm";
    private const long Gibibyte = 1L << 30;
    private const int CaptureRounds = 7;
    private const int ReceiveRounds = 20;
    private const int LinesPerSecond = 500_000;

    // More than the buffer keeps.
    private const int SaidLines = 300_000;
    private const string Line = "[    4.123456] virtio_blk virtio1: [vda] 2097152 512-byte logical blocks";

    // As fast as nine tenths of socat's speed.
    private const double CaptureAim = 1 / 0.9;

    public static IEnumerable<Comparison> Run(Workplace workplace)
    {
        using var session = new Session(workplace);
        foreach (var kibibytes in new[] { 64, 4 })
        {
            yield return Comparison.Run(
                $"1 GiB in pieces of {kibibytes} KiB, captured with a log file, against `socat -u -b 65536` into a file",
                CaptureRounds,
                () => Socat(workplace, kibibytes << 10),
                () => Capture(session, workplace, kibibytes << 10),
                CaptureAim);
        }

        yield return Receive(session, workplace);
    }

    private static Cost Socat(Workplace workplace, int pieceBytes)
    {
        var file = LogFile(workplace);
        using var port = new ComPort("bench-socat");
        using var socat = Process.Start("socat", ["-u", "-b", "65536", $"UNIX-CONNECT:{port.SocketPath}", $"CREATE:{file}"]);
        port.WaitForClient();
        var watch = Stopwatch.StartNew();
        port.Flood(Gibibyte, pieceBytes);
        port.Dispose();
        socat.WaitForExit();
        return Logged(file, watch);
    }

    private static Cost Capture(Session session, Workplace workplace, int pieceBytes)
    {
        var file = LogFile(workplace);
        session.Run($"Start-LinuxKitVM '{workplace.Image}' -Name bench -ConsoleLogPath '{file}' -ConsoleLogRaw");
        using var port = new ComPort("bench");
        port.WaitForClient();
        var watch = Stopwatch.StartNew();
        port.Flood(Gibibyte, pieceBytes);
        port.Dispose();
        while (new FileInfo(file).Length < Gibibyte)
        {
            Thread.Sleep(1);
        }

        var cost = Logged(file, watch);
        session.Run("Remove-LinuxKitVM bench -Force");
        return cost;
    }

    // In memory where that can be: how fast a disk takes a gibibyte depends on what it was given before.
    private static string LogFile(Workplace workplace) =>
        Directory.Exists(Memory) ? Path.Combine(Memory, $"linuxkit-bench-{Environment.ProcessId}.log") : workplace["console.log"];

    private static Cost Logged(string file, Stopwatch watch)
    {
        var cost = new Cost(watch.Elapsed);
        var length = new FileInfo(file).Length;
        File.Delete(file);
        return length == Gibibyte ? cost : throw new InvalidDataException($"{length} bytes were logged.");
    }

    private static Comparison Receive(Session session, Workplace workplace)
    {
        session.Run($"Start-LinuxKitVM '{workplace.Image}' -Name bench");
        using var port = new ComPort("bench");
        port.WaitForClient();
        port.Say(string.Concat(Enumerable.Repeat(Line + "\r\n", SaidLines)) + "the end\r\n");
        session.Run("Wait-LinuxKitConsole bench 'the end'");
        var lines = session.Run("(Receive-LinuxKitConsole bench -WarningAction Ignore).Count").Single().BaseObject is int count ? count : 0;
        var aim = new Cost(TimeSpan.FromSeconds((double)lines / LinesPerSecond));
        var comparison = Comparison.Run(
            $"`$null = Receive-LinuxKitConsole` of {lines} lines, the whole buffer, against {LinesPerSecond} lines a second",
            ReceiveRounds,
            () => aim,
            () => session.Measure("$null = Receive-LinuxKitConsole bench -WarningAction Ignore"),
            aim: 1);
        session.Run("Remove-LinuxKitVM bench -Force");
        return comparison;
    }
}
