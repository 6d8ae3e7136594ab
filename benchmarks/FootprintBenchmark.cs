using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>What a capture takes of the process that it is in: memory for a gibibyte, processor time while there is no pipe.</summary>
internal static class FootprintBenchmark
{
    private const long Gibibyte = 1L << 30;
    private const double Mebibyte = 1 << 20;
    private const int PieceBytes = 64 << 10;
    private const int BufferMebibytes = 16;
    private const int AllowedMebibytes = 8;

    private static readonly TimeSpan Absence = TimeSpan.FromMinutes(1);

    public static IEnumerable<Figure> Run(Workplace workplace)
    {
        yield return Memory(workplace);
        yield return Waiting(workplace);
    }

    private static Figure Memory(Workplace workplace)
    {
        using var process = Start(workplace, string.Empty);
        using var port = new ComPort("bench");
        port.WaitForClient();
        port.Say("before");
        Thread.Sleep(TimeSpan.FromSeconds(2));
        process.Refresh();
        var before = process.WorkingSet64;
        var most = before;
        var flooding = new Thread(() => port.Flood(Gibibyte, ComPort.Piece(PieceBytes)));
        flooding.Start();
        while (flooding.IsAlive)
        {
            process.Refresh();
            most = Math.Max(most, process.WorkingSet64);
            Thread.Sleep(10);
        }

        End(process);
        return new Figure(
            "growth of the process over a capture of 1 GiB, MiB",
            (most - before) / Mebibyte,
            BufferMebibytes + AllowedMebibytes);
    }

    private static Figure Waiting(Workplace workplace)
    {
        using var idle = Start(workplace, "-NoCapture");
        var without = Work(idle);
        End(idle);
        using var waiting = Start(workplace, string.Empty);
        var with = Work(waiting);
        End(waiting);
        return new Figure("processor time of a capture whose pipe is away for a minute, ms", (with - without).TotalMilliseconds, null);
    }

    private static TimeSpan Work(Process process)
    {
        // What PowerShell still compiles after its start is not counted.
        Thread.Sleep(TimeSpan.FromSeconds(5));
        process.Refresh();
        var before = process.TotalProcessorTime;
        Thread.Sleep(Absence);
        process.Refresh();
        return process.TotalProcessorTime - before;
    }

    private static Process Start(Workplace workplace, string parameters)
    {
        var process = Process.Start(PowerShellProgram.Start(
            $"$null = Start-LinuxKitVM '{workplace.Image}' -Name bench {parameters}; [Console]::Out.WriteLine('started'); $null = [Console]::In.ReadLine(); Remove-LinuxKitVM bench -Force"))!;
        process.StandardOutput.ReadLine();
        return process;
    }

    private static void End(Process process)
    {
        // A line might go to PowerShell itself, which reads the same stream for $input; its end goes to both.
        process.StandardInput.Close();
        process.WaitForExit();
    }
}
