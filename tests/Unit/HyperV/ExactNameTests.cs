using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using Xunit;

namespace LinuxKitHyperV.Tests.HyperV;

public sealed class ExactNameTests
{
    [Theory]
    [InlineData("web")]
    [InlineData("Web Server 1")]
    [InlineData("[web]*?`")]
    [InlineData("$(x)'\"")]
    [InlineData("häßlich")]
    public void MatchesThatNameAlone(string name)
    {
        var pattern = WildcardPattern.Get(ExactName.ToPattern(name), WildcardOptions.IgnoreCase);

        Assert.True(pattern.IsMatch(name));
        Assert.True(pattern.IsMatch(name.ToUpperInvariant()) || name.Contains('ß', System.StringComparison.Ordinal));
        Assert.False(pattern.IsMatch(name + "x"));
        Assert.False(pattern.IsMatch("x" + name));
        Assert.False(pattern.IsMatch("w"));
    }

    // Of what stands alone between brackets, these would be a range or the opposite.
    [Theory]
    [InlineData("web", "[w]eb")]
    [InlineData("-web", "-[w]eb")]
    [InlineData("^web", "^[w]eb")]
    [InlineData("!-^x", "!-^[x]")]
    [InlineData("[web", "`[[w]eb")]
    [InlineData("w*b", "[w]`*b")]
    public void IsWrittenWithoutWhatHasAMeaningBetweenBrackets(string name, string pattern) => Assert.Equal(pattern, ExactName.ToPattern(name));

    [Theory]
    [InlineData("web")]
    [InlineData("-1-")]
    [InlineData("*")]
    [InlineData("..")]
    [InlineData("_")]
    [InlineData("?[x]")]
    [InlineData("\U0001F600 vm")]
    [InlineData("-日本-")]
    public void IsAlwaysAPattern(string name)
    {
        Assert.True(WildcardPattern.ContainsWildcardCharacters(ExactName.ToPattern(name)));
    }
}
