using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>How long a key takes to the guest and back: what a person feels who types.</summary>
internal static class KeyBenchmark
{
    private const int Rounds = 300;
    private const int WarmUps = 100;

    private static readonly TimeSpan Allowance = TimeSpan.FromMilliseconds(1);

    public static IEnumerable<Comparison> Run(Workplace workplace)
    {
        using var socatPort = new ComPort("bench-socat");
        using var socat = new TerminalProgram($"socat -,raw,echo=0 UNIX-CONNECT:{socatPort.SocketPath}");
        Begin(socatPort, socat);

        // The pipe must not be there before the VM has its name.
        using var connect = new TerminalProgram(
            PowerShellProcess.Line($"$null = Start-LinuxKitVM '{workplace.Image}' -Name bench-keys; [Console]::Out.Write('st' + 'arted'); Connect-LinuxKitConsole bench-keys"));
        connect.WaitFor("started");
        using var port = new ComPort("bench-keys");
        Begin(port, connect);

        yield return Comparison.Run(
            "a key to the guest and back by `Connect-LinuxKitConsole`, against socat's time and 1 ms",
            Rounds,
            () => new Cost(Type(socat) + Allowance),
            () => new Cost(Type(connect)),
            aim: 1,
            WarmUps);
        yield return Comparison.Run(
            "a key to the guest and back by `Connect-LinuxKitConsole`, against socat",
            Rounds,
            () => new Cost(Type(socat)),
            () => new Cost(Type(connect)));
    }

    private static void Begin(ComPort port, TerminalProgram program)
    {
        port.WaitForClient();
        port.Say("guest is here");
        program.WaitFor("guest is here");
        _ = port.Echo();
    }

    private static TimeSpan Type(TerminalProgram program)
    {
        var watch = Stopwatch.StartNew();
        program.Type("x");
        program.WaitFor("x");
        return watch.Elapsed;
    }
}
