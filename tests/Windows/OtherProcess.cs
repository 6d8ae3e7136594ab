using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Terminal;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>This program once more, in another part. It says "ready" when it plays, and plays until it is killed.</summary>
internal sealed class OtherProcess : IDisposable
{
    public const string Argument = "--play";

    private const string Ready = "ready";

    private readonly Process _process;

    /// <param name="part">One of those that <see cref="Play"/> knows.</param>
    /// <param name="arguments">What the part takes.</param>
    public OtherProcess(string part, params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, part, .. arguments]) { RedirectStandardOutput = true })!;
        if (_process.StandardOutput.ReadLine() != Ready)
        {
            throw new InvalidOperationException($"'{part}' does not play.");
        }
    }

    public int Id => _process.Id;

    public static async Task<int> Play(string part, string[] arguments)
    {
        switch (part)
        {
            case "pipe":
                await using (var server = SerialPipe.Serve(arguments[0]))
                {
                    Say();
                    await server.WaitForConnectionAsync();
                    await server.WriteAsync("from another process"u8.ToArray());
                    await Task.Delay(Timeout.Infinite);
                }

                return 0;

            case "console":
                using (ConsoleHold.TryPublish(ConsolePipePath.Parse(arguments[0])))
                {
                    Say();
                    await Task.Delay(Timeout.Infinite);
                }

                return 0;

            case "name":
                using (MachineNameLock.Acquire(HyperVHost.Local, arguments[0], new PatientWait(new SilentReport(), CancellationToken.None)))
                {
                    Say();
                    Thread.Sleep(Timeout.Infinite);
                }

                return 0;

            // Ends as a process does whose terminal nobody has put back.
            case "terminal":
                Say();
                using (var console = new WindowsConsole())
                {
                    _ = new WindowsTerminal();
                    Environment.Exit(0);
                }

                return 0;

            default:
                throw new ArgumentException(part);
        }
    }

    public void WaitForEnd() => _process.WaitForExit();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static void Say()
    {
        using var output = new StreamWriter(System.Console.OpenStandardOutput());
        output.WriteLine(Ready);
    }
}
