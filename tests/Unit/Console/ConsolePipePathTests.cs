using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsolePipePathTests
{
    [Theory]
    [InlineData(@"\\.\pipe\web-com1", ".", "web-com1")]
    [InlineData(@"\\host7\PIPE\a b", "host7", "a b")]
    [InlineData(@"\\.\pipe\folder\name", ".", @"folder\name")]
    public void APathHasAHostAndAName(string text, string host, string name)
    {
        var path = ConsolePipePath.Parse(text);

        Assert.Equal((host, name, text), (path.Host, path.Name, path.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("web-com1")]
    [InlineData(@"\\.\pipe\")]
    [InlineData(@"\\\pipe\name")]
    [InlineData(@"\\host\share\pipe\name")]
    [InlineData(@"C:\pipe\name")]
    public void AnythingElseIsABadPath(string text)
    {
        var exception = Assert.Throws<ConsolePipeException>(() => ConsolePipePath.Parse(text));

        Assert.Equal(ConsolePipeFailure.BadPath, exception.Reason);
        Assert.Equal(text, exception.PipePath);
    }
}
