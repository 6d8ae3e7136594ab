using System;
using System.Globalization;

namespace HyperV.Qemu.Controls;

/// <summary>How long a guest may take to shut down before Hyper-V gives up.</summary>
internal static class ShutdownPatience
{
    /// <summary>The environment variable that changes it, in milliseconds.</summary>
    public const string Variable = "HYPERV_QEMU_PATIENCE";

    private static readonly TimeSpan OfHyperV = TimeSpan.FromMinutes(5);

    /// <summary>The time.</summary>
    public static TimeSpan Current => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? TimeSpan.FromMilliseconds(int.Parse(given, CultureInfo.InvariantCulture))
        : OfHyperV;
}
