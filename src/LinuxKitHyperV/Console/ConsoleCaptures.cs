using System;
using System.Collections.Generic;
using System.Linq;

namespace LinuxKitHyperV.Console;

/// <summary>
/// The captures of this process, one per VM. Ended ones stay until their VM is removed or captured anew: the last
/// words of a VM that stopped are what one wants to read.
/// </summary>
internal static class ConsoleCaptures
{
    private static readonly Dictionary<(string Host, Guid VMId), ConsoleCapture> Captures = [];

    static ConsoleCaptures() => ProcessEnd.Ending += () => RemoveAll(_ => true, ConsoleEndReason.ProcessExit);

    /// <summary>All captures.</summary>
    public static IReadOnlyList<ConsoleCapture> All
    {
        get
        {
            lock (Captures)
            {
                return [.. Captures.Values];
            }
        }
    }

    /// <summary>Starts the capture of a VM's console, or finds the one that is running.</summary>
    /// <exception cref="ConsolePipeException">The path is no path of a pipe.</exception>
    /// <exception cref="ConsoleLogException">The log file cannot be opened, or is that of another VM.</exception>
    public static ConsoleCapture Start(ConsoleCaptureOptions options)
    {
        lock (Captures)
        {
            var key = KeyOf(options.Host, options.VMId);
            if (Captures.TryGetValue(key, out var capture))
            {
                if (capture.EndReason is null &&
                    capture.Options.PipePath == options.PipePath &&
                    (options.Log is null || options.Log == capture.Options.Log))
                {
                    return capture;
                }

                capture.End(ConsoleEndReason.Disconnected);
            }

            // A VM that is gone may have had the same pipe; its capture, still looking for it, would take it.
            foreach (var other in Captures.Values.Where(other => other.Options.PipePath == options.PipePath))
            {
                other.BeginEnd(ConsoleEndReason.VMRemoved);
            }

            CheckLog(options);
            return Captures[key] = ConsoleCapture.Start(options);
        }
    }

    /// <summary>Finds the capture of a VM, running or ended.</summary>
    public static ConsoleCapture? Find(string host, Guid vmId)
    {
        lock (Captures)
        {
            return Captures.TryGetValue(KeyOf(host, vmId), out var capture) ? capture : null;
        }
    }

    /// <summary>Puts back a capture that has ended, after its successor failed.</summary>
    public static void PutBack(ConsoleCapture ended)
    {
        lock (Captures)
        {
            var key = KeyOf(ended.Options.Host, ended.Options.VMId);
            if (!Captures.ContainsKey(key))
            {
                Captures.Add(key, ended);
            }
        }
    }

    /// <summary>Ends the capture of a VM and forgets it.</summary>
    public static void Remove(string host, Guid vmId, ConsoleEndReason reason)
    {
        ConsoleCapture? capture;
        lock (Captures)
        {
            if (!Captures.TryGetValue(KeyOf(host, vmId), out capture))
            {
                return;
            }

            Captures.Remove(KeyOf(host, vmId));
        }

        capture.End(reason);
    }

    /// <summary>Ends and forgets the captures of a runspace from which the module is removed.</summary>
    public static void RemoveOwnedBy(Guid ownerId) =>
        RemoveAll(capture => capture.Options.OwnerId == ownerId, ConsoleEndReason.ModuleRemoved);

    // Two would write over each other.
    private static void CheckLog(ConsoleCaptureOptions options)
    {
        if (options.Log is { } log &&
            Captures.Values.FirstOrDefault(other => other.EndReason is null && other.Options.Log?.Path == log.Path) is { } other)
        {
            throw new ConsoleLogException(log.Path, $"that is the log of '{other.Options.VMName}'.");
        }
    }

    private static void RemoveAll(Func<ConsoleCapture, bool> predicate, ConsoleEndReason reason)
    {
        List<ConsoleCapture> ended;
        lock (Captures)
        {
            ended = Captures.Values.Where(predicate).ToList();
            foreach (var capture in ended)
            {
                Captures.Remove(KeyOf(capture.Options.Host, capture.Options.VMId));
            }
        }

        // All are told first: a process that ends has two seconds.
        ended.ForEach(capture => capture.BeginEnd(reason));
        ended.ForEach(capture => capture.Join());
    }

    private static (string Host, Guid VMId) KeyOf(string host, Guid vmId)
    {
        var isLocal = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ||
            host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);
        return (isLocal ? "." : host.ToUpperInvariant(), vmId);
    }
}
