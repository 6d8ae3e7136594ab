using System;

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

    /// <summary>What is chosen; null for a guest that shuts down.</summary>
    public static string? Current => Environment.GetEnvironmentVariable(Variable);
}
