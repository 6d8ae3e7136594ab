using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using HyperV.Qemu.Engine;
using HyperV.Qemu.State;

namespace HyperV.Qemu.Controls;

/// <summary>
/// How old the properties of a machine and of its parts may be: a process looks at a machine no more often than every five
/// seconds, unless it has changed the machine itself. The cmdlets look at what is now.
/// </summary>
internal static class PropertyAge
{
    /// <summary>The environment variable that changes it, in milliseconds.</summary>
    public const string Variable = "HYPERV_QEMU_AGE";

    private static readonly TimeSpan OfHyperV = TimeSpan.FromSeconds(5);

    private static readonly ConcurrentDictionary<string, MachineLook> Looks = new(StringComparer.Ordinal);

    [ThreadStatic]
    private static bool _isInCmdlet;

    private static TimeSpan Most => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? TimeSpan.FromMilliseconds(int.Parse(given, CultureInfo.InvariantCulture))
        : OfHyperV;

    /// <summary>Until it is disposed of, this thread does a cmdlet's work, or what is behind it in the pipeline.</summary>
    public static Scope In(bool cmdlet)
    {
        var before = _isInCmdlet;
        _isInCmdlet = cmdlet;
        return new Scope(before);
    }

    /// <summary>A machine as it was when the process looked last; null for a cmdlet's own thread, which looks itself.</summary>
    /// <param name="machine">What tells it from others.</param>
    /// <param name="look">Looks at it.</param>
    public static MachineLook? Of(string machine, Func<MachineLook> look)
    {
        if (_isInCmdlet)
        {
            return null;
        }

        if (!Looks.TryGetValue(machine, out var last) || last.Since.Elapsed >= Most)
        {
            last = look();
            Looks[machine] = last;
        }

        return last;
    }

    /// <summary>The process has changed a machine.</summary>
    public static void Forget(string machine) => Looks.TryRemove(machine, out _);

    /// <summary>A stretch of a thread's work.</summary>
    public readonly struct Scope(bool before) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => _isInCmdlet = before;
    }
}

/// <summary>What a look at a machine has shown.</summary>
/// <param name="Definition">What it was; null where it was gone.</param>
/// <param name="Status">What the engine said of it.</param>
internal sealed record MachineLook(MachineDefinition? Definition, MachineStatus Status)
{
    /// <summary>The time since then.</summary>
    public Stopwatch Since { get; } = Stopwatch.StartNew();
}
