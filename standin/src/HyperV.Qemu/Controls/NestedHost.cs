using System;

namespace HyperV.Qemu.Controls;

/// <summary>Makes the hosts VMs themselves, as Windows tells of them.</summary>
internal static class NestedHost
{
    /// <summary>The environment variable that turns it on: <c>1</c>, or <c>hidden</c>.</summary>
    public const string Variable = "HYPERV_QEMU_NESTED";

    private const string Seen = "1";
    private const string Hidden = "hidden";

    /// <summary>Whether hosts are VMs.</summary>
    public static bool IsOn => Current is Seen or Hidden;

    /// <summary>Whether they see the hypervisor that they run on, as Windows does unless that hides.</summary>
    public static bool SeesOuterHypervisor => Current == Seen;

    private static string? Current => Environment.GetEnvironmentVariable(Variable);
}
