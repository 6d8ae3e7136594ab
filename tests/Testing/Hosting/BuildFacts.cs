using System.Linq;
using System.Reflection;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>What the build has written into this assembly: where things are.</summary>
internal static class BuildFacts
{
    /// <summary>The folder of the packaged module.</summary>
    public static string Module { get; } = Value(nameof(Module));

    /// <summary>The folder of the stand-in.</summary>
    public static string StandIn { get; } = Value(nameof(StandIn));

    /// <summary>PowerShell, which dotnet runs.</summary>
    public static string PowerShell { get; } = Value(nameof(PowerShell));

    private static string Value(string key) => typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == key).Value!;
}
