using System;
using System.Text;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Attaches a cmdlet to a VM's console: its terminal, or where it has none, its output.</summary>
internal sealed class ConsoleAttachment
{
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(15);

    private readonly LinuxKitMachine _machine;
    private readonly IHyperV _hyperV;
    private readonly CancellationToken _stopping;

    /// <summary>An attachment that asks Hyper-V whether the VM still runs.</summary>
    public ConsoleAttachment(LinuxKitMachine machine, IHyperV hyperV, CancellationToken stopping)
    {
        _machine = machine;
        _hyperV = hyperV;
        _stopping = stopping;
    }

    /// <summary>Attaches to a console until it is left, the VM stops, the time has passed, or the pipeline is stopped.</summary>
    /// <param name="capture">The console.</param>
    /// <param name="escapeKey">The byte that leaves it.</param>
    /// <param name="timeout">How long it is copied where there is no terminal.</param>
    /// <param name="writeLine">Takes the lines where there is no terminal.</param>
    /// <exception cref="LinuxKitException">The console cannot be opened.</exception>
    public ConsoleSessionEnd Run(ConsoleCapture capture, byte escapeKey, TimeSpan timeout, Action<string> writeLine)
    {
        try
        {
            capture.WaitUntilConnected(OpenTimeout, _stopping);
            if (!Terminal.IsAvailable)
            {
                return Copy(capture, timeout, writeLine);
            }

            using var terminal = Terminal.OpenRaw();
            return ConsoleSession.Run(
                capture,
                terminal,
                new ConsoleSessionOptions { EscapeKey = escapeKey, WhileAway = () => EndIfStopped(capture) },
                _stopping);
        }
        catch (OperationCanceledException)
        {
            return ConsoleSessionEnd.Canceled;
        }
        catch (ConsolePipeException exception)
        {
            throw ConsoleErrors.Translate(exception, _machine.Name);
        }
    }

    private ConsoleSessionEnd Copy(ConsoleCapture capture, TimeSpan timeout, Action<string> writeLine)
    {
        var line = new StringBuilder();
        var end = ConsoleCopy.Run(
            capture,
            capture.ReadFromStart(),
            text =>
            {
                foreach (var character in text)
                {
                    if (character == '\n')
                    {
                        writeLine(line.ToString().TrimEnd('\r'));
                        line.Clear();
                    }
                    else
                    {
                        line.Append(character);
                    }
                }
            },
            timeout,
            () => EndIfStopped(capture),
            _stopping);
        if (line.Length > 0 && end != ConsoleSessionEnd.Canceled)
        {
            writeLine(line.ToString());
        }

        return end;
    }

    /// <remarks>The capture knows only its pipe: that the VM is off is seen here, on the pipeline's thread.</remarks>
    private void EndIfStopped(ConsoleCapture capture)
    {
        var found = _hyperV.Invoke(HyperVHost.Of(_machine.Object).GetMachine(_machine.Id));
        if (found.FirstError is { } error && HyperVErrors.IsNotFound(error))
        {
            capture.BeginEnd(ConsoleEndReason.VMRemoved);
        }
        else if (found.Output.Count == 1 && found.Output[0].State() is "Off" or "Saved")
        {
            capture.BeginEnd(ConsoleEndReason.VMStopped);
        }
    }
}
