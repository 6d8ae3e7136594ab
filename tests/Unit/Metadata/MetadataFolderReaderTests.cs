using System.IO;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Metadata;
using Xunit;

namespace LinuxKitHyperV.Tests.Metadata;

public sealed class MetadataFolderReaderTests
{
    [Fact]
    public void ReadsAsManyLevelsAsAnImageHasAndNoMore()
    {
        using var folder = new TemporaryFolder();
        var deepest = folder["tree"];
        Directory.CreateDirectory(deepest);

        // The folder itself is the first level.
        for (var level = 2; level <= 8; level++)
        {
            deepest = Path.Combine(deepest, $"level{level}");
            Directory.CreateDirectory(deepest);
        }

        File.WriteAllText(Path.Combine(deepest, "file"), "text");
        MetadataEntry entry = MetadataFolderReader.Read(folder["tree"]);
        while (entry is MetadataFolder { Entries: [var next] })
        {
            entry = next;
        }

        Assert.Equal("file", entry.Name);
        Directory.CreateDirectory(Path.Combine(deepest, "level9"));
        var exception = Assert.Throws<LinuxKitException>(() => MetadataFolderReader.Read(folder["tree"]));
        Assert.Equal("MetadataTooDeep", exception.ErrorId);
    }
}
