using System.IO;
using Xunit;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>The images that tests/images makes.</summary>
internal static class BootImage
{
    /// <summary>The path of one.</summary>
    public static string Path(string name)
    {
        var path = System.IO.Path.Combine(BuildFacts.Images, name);
        Assert.True(File.Exists(path), $"{path} is not there: tests/images/build.sh makes it.");
        return path;
    }
}
