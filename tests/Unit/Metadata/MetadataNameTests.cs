using LinuxKitHyperV.Metadata;
using Xunit;

namespace LinuxKitHyperV.Tests.Metadata;

public sealed class MetadataNameTests
{
    [Theory]
    [InlineData("key.pem", "key.pem", null)]
    [InlineData("key.pem:0600", "key.pem", 384)]
    [InlineData("bin:755", "bin", 493)]
    [InlineData("set:04755", "set", 2541)]
    [InlineData("a:b", "a:b", null)]
    [InlineData("port:80", "port:80", null)]
    [InlineData("time:0900", "time:0900", null)]
    [InlineData(":0600", ":0600", null)]
    public void SplitsPermissionsOff(string text, string name, int? mode) => Assert.Equal((name, mode), MetadataName.Parse(text));

    [Theory]
    [InlineData("", "MetadataNameInvalid")]
    [InlineData(".", "MetadataNameInvalid")]
    [InlineData("..", "MetadataNameInvalid")]
    [InlineData("a/b", "MetadataNameInvalid")]
    [InlineData("a\0b", "MetadataNameInvalid")]
    [InlineData("..:0600", "MetadataNameInvalid")]
    [InlineData("a:77777", "MetadataPermInvalid")]
    public void Refuses(string text, string errorId) => Assert.Equal(errorId, Assert.Throws<LinuxKitException>(() => MetadataName.Parse(text)).ErrorId);

    [Theory]
    [InlineData(384, "0600")]
    [InlineData(0, "0000")]
    [InlineData(2541, "4755")]
    public void WritesPermissionsAsLinuxKitReadsThem(int mode, string text) => Assert.Equal(text, MetadataName.FormatMode(mode));
}
