using System;
using System.Globalization;

namespace HyperV.Qemu.Controls;

/// <summary>How a guest of the state-only engine takes the power button.</summary>
internal static class GuestBehavior
{
    /// <summary>The environment variable that chooses it.</summary>
    public const string Variable = "HYPERV_QEMU_GUEST";

    /// <summary>Nothing in the guest listens.</summary>
    public const string NoContact = "no-contact";

    /// <summary>The guest listens, and does not comply.</summary>
    public const string Stubborn = "stubborn";

    /// <summary>The guest listens, and somebody has locked it.</summary>
    public const string Locked = "locked";

    /// <summary>The guest complies, and takes two seconds for it.</summary>
    public const string Slow = "slow";

    /// <summary>The guest has just been reset: its services are still said to answer, and do not.</summary>
    public const string JustReset = "just-reset";

    /// <summary>The environment variable that says how long a guest that did not comply still shuts down, in milliseconds.</summary>
    public const string StoppingVariable = "HYPERV_QEMU_STOPPING";

    private static readonly TimeSpan SlowShutDown = TimeSpan.FromSeconds(2);

    /// <summary>How long the guest needs to shut down; null for no time.</summary>
    public static TimeSpan? TimeToShutDown => Current switch
    {
        Slow => SlowShutDown,
        Stubborn => TimeSpan.MaxValue,
        _ => null,
    };

    /// <summary>How long a guest that did not comply still shuts down: its machine cannot be turned off meanwhile.</summary>
    public static TimeSpan StoppingTime => Environment.GetEnvironmentVariable(StoppingVariable) is { Length: > 0 } given
        ? TimeSpan.FromMilliseconds(int.Parse(given, CultureInfo.InvariantCulture))
        : TimeSpan.Zero;

    /// <summary>What is chosen; null for a guest that shuts down.</summary>
    public static string? Current => Environment.GetEnvironmentVariable(Variable);
}
