using System.IO;
using System.Linq;
using System.Reflection;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>What the build has written into this assembly: where things are.</summary>
internal static class BuildFacts
{
    /// <summary>The repository's folder.</summary>
    public static string Repository { get; } = Value(nameof(Repository));

    /// <summary>The folder of the packaged module.</summary>
    public static string Module { get; } = Value(nameof(Module));

    /// <summary>The folder of the images that boot.</summary>
    public static string Images { get; } = Value(nameof(Images));

    /// <summary>PowerShell, which dotnet runs.</summary>
    public static string PowerShell { get; } = Value(nameof(PowerShell));

    // The build's paths are those of the computer that built: without a drive, where it runs on Windows and was built elsewhere.
    private static string Value(string key) => Path.GetFullPath(
        typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!);
}
