using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using Xunit;

namespace LinuxKitHyperV.Tests.HyperV;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("w*", true)]
    [InlineData("w?b", true)]
    [InlineData("w[1]", true)]
    [InlineData("w`[1`]*", true)]
    [InlineData("web", false)]
    [InlineData("w`[1`]", false)]
    [InlineData("w[1", false)]
    [InlineData("[z-a]", false)]
    [InlineData("[]", false)]
    public void TellsPatternsFromNames(string text, bool isPattern) => Assert.Equal(isPattern, NamePattern.IsPattern(text));

    [Theory]
    [InlineData("web", "web")]
    [InlineData("w[1]", "w`[1`]")]
    [InlineData("a*?", "a`*`?")]
    [InlineData("a`b", "a``b")]
    [InlineData("a`[", "a```[")]
    public void Escapes(string text, string escaped)
    {
        Assert.Equal(escaped, NamePattern.Escape(text));
        Assert.Equal(text, NamePattern.Unescape(escaped));
        Assert.True(WildcardPattern.Get(escaped, WildcardOptions.None).IsMatch(text));
    }

    [Theory]
    [InlineData("a`b")]
    [InlineData("a`")]
    public void LeavesABacktickThatEscapesNothing(string text) => Assert.Equal(text, NamePattern.Unescape(text));
}
