using System.IO;
using System.Linq;
using System.Reflection;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>Where the build has put things.</summary>
internal static class Layout
{
    /// <summary>The module's manifest.</summary>
    public static string Module => Path.Combine(BuildFacts.Module, "LinuxKitHyperV.psd1");

    /// <summary>The stand-in's manifest.</summary>
    public static string StandIn => Path.Combine(StandInBuild.Module, "Hyper-V.psd1");

    /// <summary>The manifest of a binary module with one cmdlet.</summary>
    public static string EmptyModule => Find("EmptyModule");

    /// <summary>The folder for what benchmarks leave.</summary>
    public static string Artifacts => Find("Artifacts");

    private static string Find(string key) =>
        typeof(Layout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
