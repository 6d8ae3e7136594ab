using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>
/// Looks for pipes that are not there: one thread for all pipes of a computer, however many. A computer that takes its
/// time to answer keeps only its own pipes waiting.
/// </summary>
/// <remarks>
/// Hyper-V would itself connect to a pipe that is there before the VM starts, but after that connection ends it neither
/// connects again nor makes a pipe of its own (https://github.com/microsoft/openvmm/pull/392).
/// </remarks>
internal sealed class ConsolePipeLookout
{
    private static readonly Dictionary<string, ConsolePipeLookout> Lookouts = new(StringComparer.OrdinalIgnoreCase);

    private readonly object _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<Absence> _absences = [];

    private ConsolePipeLookout(string host) =>
        new Thread(Run) { IsBackground = true, Name = $"Look-out for consoles of {host}" }.Start();

    /// <summary>The look-out for the pipes of a computer.</summary>
    public static ConsolePipeLookout Of(string host)
    {
        lock (Lookouts)
        {
            return Lookouts.TryGetValue(host, out var lookout) ? lookout : Lookouts[host] = new ConsolePipeLookout(host);
        }
    }

    /// <summary>Looks for a pipe: at once, and then at growing intervals.</summary>
    /// <param name="look">Looks, and says whether that was the last time. It must not wait for the pipe's server.</param>
    public void Add(Func<bool> look)
    {
        lock (_gate)
        {
            _absences.Add(new Absence(look) { NextLook = _clock.ElapsedMilliseconds });
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (true)
        {
            foreach (var absence in WaitForDue())
            {
                absence.Look(_clock);
            }
        }
    }

    private List<Absence> WaitForDue()
    {
        lock (_gate)
        {
            _absences.RemoveAll(absence => absence.IsOver);
            while (true)
            {
                var now = _clock.ElapsedMilliseconds;
                var next = long.MaxValue;
                var due = new List<Absence>();
                foreach (var absence in _absences)
                {
                    if (absence.NextLook <= now)
                    {
                        due.Add(absence);
                    }

                    next = Math.Min(next, absence.NextLook);
                }

                if (due.Count > 0)
                {
                    return due;
                }

                Monitor.Wait(_gate, next == long.MaxValue ? Timeout.Infinite : (int)(next - now));
            }
        }
    }

    private sealed class Absence(Func<bool> look)
    {
        private readonly GrowingWait _wait = new();

        public long NextLook { get; set; }

        public bool IsOver { get; private set; }

        public void Look(Stopwatch clock)
        {
            IsOver = look();

            // At a multiple of the wait, so that those that wait equally long are looked for together.
            var wait = _wait.NextMilliseconds();
            NextLook = ((clock.ElapsedMilliseconds / wait) + 1) * wait;
        }
    }
}
