using System;
using System.IO;
using HyperV.Qemu.Engine;

namespace HyperV.Qemu.Hosts;

/// <summary>Chooses the engine.</summary>
internal static class Engines
{
    /// <summary>The environment variable that chooses it: unset runs QEMU, <c>none</c> keeps state only.</summary>
    public const string Variable = "HYPERV_QEMU_ENGINE";

    /// <summary>The engine that the environment asks for.</summary>
    /// <param name="hostFolder">The host's state.</param>
    public static IEngine For(string hostFolder) => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => new QemuEngine(),
        "none" => new StateOnlyEngine(Path.Combine(hostFolder, "disks")),
        var unknown => throw new InvalidOperationException($"{Variable} is '{unknown}': it may be unset, or 'none'."),
    };
}
