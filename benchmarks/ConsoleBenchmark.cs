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
    private const int CaptureRounds = 15;
    private const int ReceiveRounds = 20;
    private const int LinesPerSecond = 500_000;

    // More than the buffer keeps.
    private const int SaidLines = 300_000;

    // As fast as nine tenths of socat's speed.
    private const double CaptureAim = 1 / 0.9;

    public static IEnumerable<Comparison> Run(Workplace workplace)
    {
        using var session = new Session(workplace);
        foreach (var kibibytes in new[] { 64, 4 })
        {
            var piece = ComPort.Piece(kibibytes << 10);
            yield return Comparison.Run(
                $"1 GiB in pieces of {kibibytes} KiB, captured with a log of the bytes (`-ConsoleLogRaw`), against `socat -u -b 65536` into a file",
                CaptureRounds,
                () => Socat(workplace, piece),
                () => Capture(session, workplace, piece, "-ConsoleLogRaw", Gibibyte),
                CaptureAim);
            yield return Comparison.Run(
                "the same, captured with a log without control characters (the default)",
                CaptureRounds,
                () => Socat(workplace, piece),
                () => Capture(session, workplace, piece, string.Empty, Gibibyte / piece.Length * piece.Count(said => said != '\r')),
                CaptureAim);
        }

        yield return Receive(session, workplace);
    }

    private static Cost Socat(Workplace workplace, byte[] piece)
    {
        var file = LogFile(workplace);
        using var port = new ComPort("bench-socat");
        using var socat = Process.Start("socat", ["-u", "-b", "65536", $"UNIX-CONNECT:{port.SocketPath}", $"CREATE:{file}"]);
        port.WaitForClient();
        var watch = Stopwatch.StartNew();
        port.Flood(Gibibyte, piece);
        port.Dispose();
        socat.WaitForExit();
        return Logged(file, Gibibyte, watch);
    }

    private static Cost Capture(Session session, Workplace workplace, byte[] piece, string parameters, long logged)
    {
        var file = LogFile(workplace);
        session.Run($"Start-LinuxKitVM '{workplace.Image}' -Name bench -ConsoleLogPath '{file}' {parameters}");
        using var port = new ComPort("bench");
        port.WaitForClient();
        var watch = Stopwatch.StartNew();
        port.Flood(Gibibyte, piece);
        port.Dispose();
        while (new FileInfo(file).Length < logged)
        {
            Thread.Sleep(1);
        }

        var cost = Logged(file, logged, watch);
        session.Run("Remove-LinuxKitVM bench -Force");
        return cost;
    }

    // In memory where that can be: how fast a disk takes a gibibyte depends on what it was given before.
    private static string LogFile(Workplace workplace) =>
        Directory.Exists(Memory) ? Path.Combine(Memory, $"linuxkit-bench-{Environment.ProcessId}.log") : workplace["console.log"];

    private static Cost Logged(string file, long bytes, Stopwatch watch)
    {
        var cost = new Cost(watch.Elapsed);
        var length = new FileInfo(file).Length;
        File.Delete(file);
        return length == bytes ? cost : throw new InvalidDataException($"{length} bytes were logged.");
    }

    private static Comparison Receive(Session session, Workplace workplace)
    {
        session.Run($"Start-LinuxKitVM '{workplace.Image}' -Name bench");
        using var port = new ComPort("bench");
        port.WaitForClient();
        port.Say(string.Concat(Enumerable.Repeat(ComPort.Line, SaidLines)) + "the end\r\n");
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
