using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>The images that tests/images makes.</summary>
internal static class BootImage
{
    /// <summary>The path of one.</summary>
    public static string Path(string name)
    {
        var folder = typeof(BootImage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Images").Value!;
        var path = System.IO.Path.Combine(folder, name);
        Assert.True(File.Exists(path), $"{path} is not there: tests/images/build.sh makes it.");
        return path;
    }
}
