using System;

namespace HyperV.Qemu.Controls;

/// <summary>Plugs machines into a network of this system, in place of QEMU's own. It needs the right to make network devices.</summary>
internal static class NetworkScript
{
    /// <summary>The environment variable that names a program: it is given the name of a machine's end of a cable, and plugs it in.</summary>
    public const string Variable = "HYPERV_QEMU_NETWORK_SCRIPT";

    /// <summary>The program; null for QEMU's own network.</summary>
    public static string? Path => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;
}
