using System.IO;
using System.Linq;
using System.Reflection;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>Where the build has put things.</summary>
internal static class Layout
{
    /// <summary>The module's manifest.</summary>
    public static string Module => Find("LinuxKitHyperV");

    /// <summary>The stand-in's manifest.</summary>
    public static string StandIn => Find("Hyper-V");

    /// <summary>The manifest of a binary module with one cmdlet.</summary>
    public static string EmptyModule => Find("EmptyModule");

    /// <summary>The folder for what benchmarks leave.</summary>
    public static string Artifacts => Find("Artifacts");

    /// <summary>The folders in which PowerShell finds both modules by their names.</summary>
    public static string ModulePath => string.Join(Path.PathSeparator, Parent(StandIn), Parent(Module));

    private static string Parent(string manifest) => Path.GetDirectoryName(Path.GetDirectoryName(manifest))!;

    private static string Find(string key) =>
        typeof(Layout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
