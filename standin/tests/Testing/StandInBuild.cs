using System.IO;
using System.Linq;
using System.Reflection;

namespace HyperV.Qemu.Testing;

/// <summary>What the build has written into this assembly: where the stand-in is.</summary>
public static class StandInBuild
{
    /// <summary>The folder of its sources, tests and documents.</summary>
    public static string Tree { get; } = Value(nameof(Tree));

    /// <summary>The folder of the module.</summary>
    public static string Module { get; } = Value(nameof(Module));

    /// <summary>PowerShell, which dotnet runs.</summary>
    public static string PowerShell { get; } = Value(nameof(PowerShell));

    // The build's paths are those of the computer that built: without a drive, where it runs on Windows and was built elsewhere.
    private static string Value(string key) => Path.GetFullPath(
        typeof(StandInBuild).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!);
}
